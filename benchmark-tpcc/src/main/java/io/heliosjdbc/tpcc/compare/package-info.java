/** The same mixed load straight, with two pools, and through Helios, one after the other, on one database. */
@NullMarked
package io.heliosjdbc.tpcc.compare;

import org.jspecify.annotations.NullMarked;
