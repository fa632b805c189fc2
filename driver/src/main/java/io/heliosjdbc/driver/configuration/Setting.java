package io.heliosjdbc.driver.configuration;

/**
 * A setting in force, for the administrator's eyes. Immutable.
 *
 * @param name its dotted name below {@code workload_routing}
 * @param value its value as a property would give it, empty where nothing serves, {@code []} for an empty list
 * @param origin {@code default}, or the file and line or the property that gives it
 */
public record Setting(String name, String value, String origin) {}
