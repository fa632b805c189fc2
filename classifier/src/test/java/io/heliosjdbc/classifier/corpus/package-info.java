/** The corpus that the shipped model is trained on: schemas, patterns of statements, and the styles in which people and tools write them. */
@org.jspecify.annotations.NullMarked
package io.heliosjdbc.classifier.corpus;
