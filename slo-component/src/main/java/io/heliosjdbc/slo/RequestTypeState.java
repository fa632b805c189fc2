package io.heliosjdbc.slo;

/**
 * What was learned of one statement template, to be written down and restored. Immutable.
 *
 * @param template the template
 * @param regression of its execution times
 */
public record RequestTypeState(String template, RegressionState regression) {}
