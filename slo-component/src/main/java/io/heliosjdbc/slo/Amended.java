package io.heliosjdbc.slo;

/**
 * Books that go on under other agreements. Immutable; the books have their own guard.
 *
 * @param books the books to look things up in from now on
 * @param changes what became due, and what is no longer as it was
 */
public record Amended(SloComponent books, Restored changes) {}
