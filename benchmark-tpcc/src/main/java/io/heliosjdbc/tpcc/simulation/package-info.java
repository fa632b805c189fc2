/** The thesis's overload experiment in virtual time, on the shipped scheduler core and service level component. */
@org.jspecify.annotations.NullMarked
package io.heliosjdbc.tpcc.simulation;
