/** CH's questions answered by plain Java over the raw rows, from the thesis's text (B.2): what the SQL is held against. */
@NullMarked
package io.heliosjdbc.tpcc.ch.independent;

import org.jspecify.annotations.NullMarked;
