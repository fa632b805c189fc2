package io.heliosjdbc.classifier.learned;

/**
 * A text with the lane that it belongs to. Immutable.
 *
 * @param vector the text's features
 * @param lane its lane
 * @param group what examples share that must not stand on both sides of a test: the schema
 */
public record Example(FeatureVector vector, Lane lane, String group) {}
