/** Where settings come from: helios.toml, connection properties and URL parameters, each declared once. */
@NullMarked
package io.heliosjdbc.driver.configuration;

import org.jspecify.annotations.NullMarked;
