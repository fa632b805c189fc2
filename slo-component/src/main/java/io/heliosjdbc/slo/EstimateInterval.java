package io.heliosjdbc.slo;

/**
 * How well an estimate is known: the 95 percent confidence interval of the mean execution time that it estimates. Single executions
 * scatter more widely. Immutable.
 *
 * @param fromNanos the lower end, nanoseconds, at most the estimate
 * @param untilNanos the upper end, at least the estimate
 */
public record EstimateInterval(long fromNanos, long untilNanos) {}
