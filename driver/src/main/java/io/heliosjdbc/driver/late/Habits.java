package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's driver answers always the same: asked once for all of a pool, so that most questions need no physical connection. What it
 * refuses is not remembered: it is asked again each time, and refuses it in its own words. Thread-safe.
 */
final class Habits {
    /** An application that makes up values, cursor names say, does not fill the memory: all is asked again instead. */
    private static final int MOST = 1_000;

    private static final Object NOTHING = new Object();

    private final Map<Object, Object> known = new ConcurrentHashMap<>();

    /** Something that the vendor is asked. */
    @FunctionalInterface
    interface Question<T> {
        @Nullable
        T ask() throws SQLException;
    }

    /**
     * The vendor's answer.
     *
     * @param what is asked, and of what
     */
    @SuppressWarnings("unchecked")
    <T> @Nullable T answer(Object what, Question<T> question) throws SQLException {
        Object answer = known.get(what);
        if (answer == null) {
            T asked = question.ask();
            answer = asked == null ? NOTHING : asked;
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(what, answer);
        }
        return answer == NOTHING ? null : (T) answer;
    }
}
