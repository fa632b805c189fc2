/** A JDBC driver without a database, so that what is measured around it is all that is measured. */
@NullMarked
package io.heliosjdbc.overhead.fake;

import org.jspecify.annotations.NullMarked;
