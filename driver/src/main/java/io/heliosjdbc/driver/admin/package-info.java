/** The statements that the driver answers itself: SHOW HELIOS and EXPLAIN HELIOS. */
@NullMarked
package io.heliosjdbc.driver.admin;

import org.jspecify.annotations.NullMarked;
