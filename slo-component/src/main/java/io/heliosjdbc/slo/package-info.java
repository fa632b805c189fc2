/**
 * Conformance accounts, service levels, penalties and estimates: arithmetic only (thesis 3.2 to 3.4). Nothing here locks,
 * blocks or reads a clock; what is mutable is guarded by its caller.
 */
@NullMarked
package io.heliosjdbc.slo;

import org.jspecify.annotations.NullMarked;
