/** The JDBC face of Helios: a driver for {@code jdbc:helios:} URLs and a data source. */
@NullMarked
package io.heliosjdbc.driver;

import org.jspecify.annotations.NullMarked;
