/** A run of TPC-C: terminals, clocks and measurements, what is said of them, and the same run with and without Helios in turn. */
@NullMarked
package io.heliosjdbc.tpcc.run;

import org.jspecify.annotations.NullMarked;
