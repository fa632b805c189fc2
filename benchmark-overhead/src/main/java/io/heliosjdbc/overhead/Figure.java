package io.heliosjdbc.overhead;

/**
 * What one operation takes on one path. Immutable.
 *
 * @param nanos time per operation: the median of the iterations, because on a machine that others use too a mean belongs to the
 *     one iteration that they disturbed
 * @param spread half the distance between the quartiles of the iterations, in nanoseconds; 0 where there is one iteration
 * @param bytes allocated per operation
 */
record Figure(double nanos, double spread, double bytes) {}
