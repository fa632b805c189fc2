/** The plug-in by which Flyway takes {@code jdbc:helios:} URLs; it is found by being on the class path. */
@NullMarked
package io.heliosjdbc.flyway;

import org.jspecify.annotations.NullMarked;
