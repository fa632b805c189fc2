package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.learned.Lane;

/**
 * A statement and the class that it belongs to.
 *
 * @param sql its text
 * @param lane its class
 * @param schema the schema that it was written for
 * @param pattern the pattern that wrote it
 */
public record LabelledStatement(String sql, Lane lane, String schema, String pattern) {}
