/** What people run on top of JDBC, straight and through Helios. */
@NullMarked
package io.heliosjdbc.frameworks;

import org.jspecify.annotations.NullMarked;
