/** What TPC-C says: schema, inputs, transactions, conditions of consistency, in each dialect; and the command line. */
@NullMarked
package io.heliosjdbc.tpcc;

import org.jspecify.annotations.NullMarked;
