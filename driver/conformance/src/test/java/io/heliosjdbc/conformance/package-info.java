/**
 * pgjdbc's own test suite, run straight and through Helios. {@link io.heliosjdbc.conformance.VendorSuite} is its sources and what has to be
 * adapted in them, {@link io.heliosjdbc.conformance.DemandedServer} the PostgreSQL it demands, {@link io.heliosjdbc.conformance.SuiteRun} one run in
 * a process of its own, {@link io.heliosjdbc.conformance.KnownDifferences} the list in {@code docs/conformance.md}.
 */
@NullMarked
package io.heliosjdbc.conformance;

import org.jspecify.annotations.NullMarked;
