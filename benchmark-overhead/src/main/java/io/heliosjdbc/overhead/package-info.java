/** What Helios adds to each JDBC operation: every operation measured straight and wrapped, on a driver that does no work. */
@NullMarked
package io.heliosjdbc.overhead;

import org.jspecify.annotations.NullMarked;
