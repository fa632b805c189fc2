package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.SessionUse;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been found so far of what a text does to its session. Used for one text, by one thread. */
final class UseNotes {
    private Set<String> settings = Set.of();
    private Set<String> functions = Set.of();
    private Set<String> unknown = Set.of();
    private boolean readsEarlierResult;
    private @Nullable String visible;
    private boolean mayEnd;

    /** It asks for what an earlier statement has left. */
    void readsEarlierResult() {
        readsEarlierResult = true;
    }

    /** It may change a setting. */
    void sets(String setting) {
        settings = with(settings, setting);
    }

    /** It calls a function that is the database's own unless somebody has made one of that name. */
    void calls(String function) {
        functions = with(functions, function);
    }

    /** It calls a function of which only PostgreSQL's server knows whose it is. */
    void callsUnknown(String function) {
        unknown = with(unknown, function);
    }

    /** It leaves something behind of which the server tells when nothing is left, a table before all; what else pins counts for more. */
    void leavesVisibly(String what) {
        visible = SessionUse.TEMPORARY_TABLE.equals(visible) ? visible : what;
    }

    /** Nothing may be left after it of what has pinned the session before. */
    void mayEnd() {
        mayEnd = true;
    }

    /** The use of a text that pins for good. */
    SessionUse pinned(String reason) {
        return new SessionUse(reason, false, mayEnd, readsEarlierResult, settings, functions, Set.of(), null);
    }

    /** The use of a text that does nothing but what is noted. */
    SessionUse use() {
        SessionUse use = new SessionUse(
                visible, visible != null, mayEnd, readsEarlierResult, settings, functions, Set.of(), null);
        if (unknown.isEmpty()) {
            return use.equals(SessionUse.NONE) ? SessionUse.NONE : use;
        }
        String reason = "the function " + unknown.iterator().next();
        return new SessionUse(reason, false, mayEnd, readsEarlierResult, settings, functions, unknown, use);
    }

    /** In order of mention; most texts have none. */
    private static Set<String> with(Set<String> names, String name) {
        Set<String> more = names.isEmpty() ? new LinkedHashSet<>() : names;
        more.add(name);
        return more;
    }
}
