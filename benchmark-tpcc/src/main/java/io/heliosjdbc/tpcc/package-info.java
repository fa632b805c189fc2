/** TPC-C over plain JDBC: schema, loader, terminals, consistency checks and report, straight or through Helios. */
@NullMarked
package io.heliosjdbc.tpcc;

import org.jspecify.annotations.NullMarked;
