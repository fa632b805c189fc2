package io.heliosjdbc.classifier.corpus;

import java.util.function.Function;

/**
 * A kind of statement.
 *
 * @param name what it is called in reports
 * @param weight how often it is written, against the others of its class
 * @param writer writes one
 */
record Pattern(String name, int weight, Function<Pen, String> writer) {}
