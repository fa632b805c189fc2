package io.heliosjdbc.overhead;

/**
 * What one operation takes on one path. Immutable.
 *
 * @param nanos average time per operation
 * @param margin half the width of its 99.9% confidence interval, in nanoseconds; not a number where there are too few iterations
 * @param bytes allocated per operation
 */
record Figure(double nanos, double margin, double bytes) {}
