package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's driver answers always the same: asked once for all of a pool, so that most questions need no physical connection. What it
 * refuses is not remembered: it is asked again each time, and refuses it in its own words. Thread-safe.
 */
final class Habits {
    /** Of each kind. An application that makes up names does not fill the memory: all of the kind is asked again instead. */
    private static final int MOST = 1_000;

    /** A schema for each tenant is usual. */
    private static final int MOST_VALUES = 10_000;

    private static final Object NOTHING = new Object();

    private final Map<Object, Object> known = new ConcurrentHashMap<>();
    private final Map<List<Object>, Object> ofValues = new ConcurrentHashMap<>();
    /** Of types that may be gone before the pool is. */
    private final Map<Class<?>, Boolean> isFor = Collections.synchronizedMap(new WeakHashMap<>());

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
    <T> @Nullable T answer(Object what, Question<T> question) throws SQLException {
        return answer(known, MOST, what, question);
    }

    /**
     * The vendor's answer where it depends on a value of the application's, of which there may be many: a schema's name, say. However many, they
     * have nothing else forgotten.
     */
    <T> @Nullable T answerOf(Object what, Object value, Question<T> question) throws SQLException {
        return answer(ofValues, MOST_VALUES, List.of(what, value), question);
    }

    /** Whether the vendor's connections are wrappers for a type. */
    boolean isFor(Class<?> type, Question<Boolean> question) throws SQLException {
        Boolean answer = isFor.get(type);
        if (answer == null) {
            answer = Boolean.TRUE.equals(question.ask());
            isFor.put(type, answer);
        }
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static <K, T> @Nullable T answer(Map<K, Object> known, int most, K what, Question<T> question)
            throws SQLException {
        Object answer = known.get(what);
        if (answer == null) {
            T asked = question.ask();
            answer = asked == null ? NOTHING : asked;
            if (known.size() >= most) {
                known.clear();
            }
            known.put(what, answer);
        }
        return answer == NOTHING ? null : (T) answer;
    }
}
