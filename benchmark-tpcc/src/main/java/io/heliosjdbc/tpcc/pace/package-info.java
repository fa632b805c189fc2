/** When is a terminal's next piece due? */
@NullMarked
package io.heliosjdbc.tpcc.pace;

import org.jspecify.annotations.NullMarked;
