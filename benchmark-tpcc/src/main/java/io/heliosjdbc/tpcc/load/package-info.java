/** What fills the tables: loaders side by side, which go on where an earlier load stopped. */
@NullMarked
package io.heliosjdbc.tpcc.load;

import org.jspecify.annotations.NullMarked;
