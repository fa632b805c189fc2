package io.heliosjdbc.classifier.corpus;

/**
 * A table in a FROM clause.
 *
 * @param table the table
 * @param text the table with its alias, as FROM has it
 * @param prefix what stands before its columns, dot included; empty where they stand alone
 */
record Source(Table table, String text, String prefix) {}
