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
 * @param standing of a load with a percentile objective and an account: whether it keeps it; else null
 * @param outlook in a dry run: what would have become of its statements; else null
 */
public record ReportLine(
        Scope scope,
        String name,
        @Nullable String serviceClass,
        @Nullable String userLoad,
        @Nullable String reason,
        Figures figures,
        @Nullable Double penalty,
        @Nullable String unit,
        @Nullable Standing standing,
        @Nullable Outlook outlook) {
    /** Where the time went, and nothing more as yet. */
    public ReportLine(
            Scope scope,
            String name,
            @Nullable String serviceClass,
            @Nullable String userLoad,
            @Nullable String reason,
            Figures figures) {
        this(scope, name, serviceClass, userLoad, reason, figures, null, null, null, null);
    }

    /** The line of a load, with what it costs and how it stands. */
    public ReportLine standing(@Nullable Double itsPenalty, @Nullable String itsUnit, @Nullable Standing itsStanding) {
        return new ReportLine(
                scope, name, serviceClass, userLoad, reason, figures, itsPenalty, itsUnit, itsStanding, outlook);
    }

    /** The line with what would have become of its statements. */
    public ReportLine outlook(@Nullable Outlook what) {
        return new ReportLine(scope, name, serviceClass, userLoad, reason, figures, penalty, unit, standing, what);
    }

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
