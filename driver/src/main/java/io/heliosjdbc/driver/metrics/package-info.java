/** Micrometer meters, where Micrometer is on the class path. */
@NullMarked
package io.heliosjdbc.driver.metrics;

import org.jspecify.annotations.NullMarked;
