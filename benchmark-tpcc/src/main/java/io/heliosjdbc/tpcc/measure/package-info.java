/** How long did it take, and what do numbers say? The clock, times, figures and rows, for all commands alike. */
@NullMarked
package io.heliosjdbc.tpcc.measure;

import org.jspecify.annotations.NullMarked;
