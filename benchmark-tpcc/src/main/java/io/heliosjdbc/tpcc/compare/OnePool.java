package io.heliosjdbc.tpcc.compare;

/**
 * How large the application's pool is where all streams share one. Immutable.
 *
 * @param physical where each of its connections is one of the database's
 * @param logical where connections are bound late
 */
record OnePool(int physical, int logical) {}
