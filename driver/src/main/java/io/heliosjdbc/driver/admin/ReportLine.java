package io.heliosjdbc.driver.admin;

import org.jspecify.annotations.Nullable;

/**
 * One line of the report on where the time went. Immutable.
 *
 * @param scope what it sums up
 * @param name of the class or the load, the template, or since when everything is counted
 * @param serviceClass of a template: the class it goes to; else null
 * @param userLoad of a template: its load; else null
 * @param reason of a template: why, when it was decided last; else null
 * @param figures where the time went
 * @param penalty of a load: what has become due since then and would be due now; else null
 * @param unit the currency, or null
 */
public record ReportLine(
        Scope scope,
        String name,
        @Nullable String serviceClass,
        @Nullable String userLoad,
        @Nullable String reason,
        Figures figures,
        @Nullable Double penalty,
        @Nullable String unit) {

    /** What a line sums up. */
    public enum Scope {
        /** Everything. */
        TOTAL,
        /** A service class. */
        SERVICE_CLASS,
        /** A user load. */
        USER_LOAD,
        /** A statement template within a load and a class. */
        TEMPLATE
    }
}
