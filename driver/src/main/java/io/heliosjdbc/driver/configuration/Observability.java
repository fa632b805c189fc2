package io.heliosjdbc.driver.configuration;

import org.slf4j.event.Level;

/**
 * What can be seen from outside. Immutable.
 *
 * @param logDecisions whether new routing decisions are logged
 * @param logLevel at which level
 * @param trackViolations whether late transactions are counted as violations
 * @param exportMetrics whether meters are registered
 */
public record Observability(boolean logDecisions, Level logLevel, boolean trackViolations, boolean exportMetrics) {}
