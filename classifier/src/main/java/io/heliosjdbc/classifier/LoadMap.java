package io.heliosjdbc.classifier;

import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.hints.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Request to user load (thesis 1.1, load map). Immutable. */
final class LoadMap {
    private static final Logger log = LoggerFactory.getLogger(LoadMap.class);

    /** A user load, and in words why a request belongs to it. */
    record Found(UserLoad load, String reason) {}

    private final Map<String, UserLoad> byName = new LinkedHashMap<>();
    private final Map<String, String> agreementOf;
    private final UserLoad fallback;

    /**
     * @param loads in the order in which they are asked
     * @param agreementOf the agreement's id by the load's name
     */
    LoadMap(List<UserLoad> loads, Map<String, String> agreementOf) {
        loads.forEach(load -> byName.putIfAbsent(load.name(), load));
        this.agreementOf = Map.copyOf(agreementOf);
        this.fallback = byName.getOrDefault(Classifier.DEFAULT_LOAD.name(), Classifier.DEFAULT_LOAD);
    }

    @Nullable
    UserLoad load(String name) {
        return byName.get(name);
    }

    /** The load that the hint names, if there is one; else the first that matches; else the default one. */
    Found find(Situation situation) {
        String hinted = situation.hints().userLoad();
        UserLoad named = hinted == null ? null : byName.get(hinted);
        if (named != null) {
            return new Found(named, "hint load=" + named.name());
        }
        Priority priority = situation.priority();
        Found found = firstMatch(situation, priority);
        Priority nearest = nearest(priority);
        if (found == null && nearest != priority) {
            found = firstMatch(situation, nearest);
        }
        return found != null ? found : new Found(fallback, "user load " + fallback.name());
    }

    /** Agreements commonly describe three priorities; the outer two count as their neighbours where no load describes them. */
    private static Priority nearest(Priority priority) {
        return switch (priority) {
            case CRITICAL -> Priority.HIGH;
            case BACKGROUND -> Priority.LOW;
            case HIGH, MEDIUM, LOW -> priority;
        };
    }

    private @Nullable Found firstMatch(Situation situation, Priority priority) {
        for (UserLoad load : byName.values()) {
            for (Match match : load.matches()) {
                if (holds(match, situation, priority)) {
                    String agreement = agreementOf.get(load.name());
                    String where = agreement == null ? "" : "agreement " + agreement + ", ";
                    return new Found(load, where + "user load " + load.name() + ": " + described(match));
                }
            }
        }
        return null;
    }

    private static boolean holds(Match match, Situation situation, Priority priority) {
        Workload workload = situation.hints().workload();
        return same(match.user(), situation.user())
                && same(match.application(), situation.application())
                && same(match.client(), situation.client())
                && same(match.tenant(), situation.tenant())
                && (match.schema() == null || match.schema().equalsIgnoreCase(situation.schema()))
                && same(match.transaction(), situation.hints().transaction())
                && same(match.workload(), workload == null ? null : lower(workload))
                && same(match.priority(), lower(priority))
                && namesTable(match.table(), situation)
                && isIn(match, situation);
    }

    private static boolean same(@Nullable String wanted, @Nullable String given) {
        return wanted == null || wanted.equals(given);
    }

    private static boolean namesTable(@Nullable String table, Situation situation) {
        return table == null || situation.profile().features().namesTable(table);
    }

    private static boolean isIn(Match match, Situation situation) {
        if (match.sql() == null) {
            return true;
        }
        try {
            return match.sql().matcher(situation.profile().untraced()).find();
        } catch (StackOverflowError tooDeep) {
            // Groups under a quantifier recurse once per character: a long text must not take the application down.
            log.warn(
                    "regular expression {} of an agreement is too deep for a text of {} characters and does not match it",
                    match.sql(),
                    situation.profile().sql().length());
            return false;
        }
    }

    private static String described(Match match) {
        StringBuilder text = new StringBuilder();
        append(text, "user", match.user());
        append(text, "application", match.application());
        append(text, "client", match.client());
        append(text, "tenant", match.tenant());
        append(text, "schema", match.schema());
        append(text, "transaction", match.transaction());
        append(text, "workload", match.workload());
        append(text, "priority", match.priority());
        append(text, "table", match.table());
        append(text, "sql", match.sql());
        return text.length() == 0 ? "any request" : text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(text.length() == 0 ? "" : ", ").append(name).append('=').append(value);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
