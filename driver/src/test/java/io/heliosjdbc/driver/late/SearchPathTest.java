package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.Dialect;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a server is told of the search path: PostgreSQL's driver looks at texts where the server reports nothing, as before 18. */
class SearchPathTest {
    private final List<String> told = new ArrayList<>();

    /** What PostgreSQL's driver has besides JDBC's methods. */
    public interface Reporting {
        Map<String, String> getParameterStatuses();
    }

    private @Nullable Object answer(Method method, Object @Nullable [] arguments, Map<String, String> reported) {
        if (arguments != null && method.getName().equals("prepareStatement")) {
            told.add((String) arguments[0]);
            return proxy(PreparedStatement.class, reported);
        }
        if (method.getName().equals("getParameterStatuses")) {
            return reported;
        }
        return method.getReturnType() == boolean.class ? false : null;
    }

    private <T> T proxy(Class<T> type, Map<String, String> reported) {
        return type.cast(Proxy.newProxyInstance(
                SearchPathTest.class.getClassLoader(),
                new Class<?>[] {type, Reporting.class},
                (proxy, method, arguments) -> answer(method, arguments, reported)));
    }

    private Physical physical(Map<String, String> reported) {
        Connection raw = proxy(Connection.class, reported);
        return new Physical(raw, null, Physical.parameterStatuses(raw));
    }

    private static SessionState session(@Nullable String searchPath) {
        SessionState session = new SessionState(new Defaults(Map.of(), Map.of()));
        session.setting("search_path", searchPath);
        return session;
    }

    @Test
    void whereItIsReportedItIsSetByItsName() throws SQLException {
        Physical physical = physical(Map.of("search_path", "public"));
        session("a").applyTo(physical, Dialect.POSTGRESQL);
        session(null).applyTo(physical, Dialect.POSTGRESQL);
        assertThat(told).containsExactly("SELECT pg_catalog.set_config(?, ?, false)", "RESET \"search_path\"");
    }

    @Test
    void whereItIsNotEachChangeIsATextOfItsOwn() throws SQLException {
        Physical physical = physical(Map.of("TimeZone", "UTC"));
        session("a").applyTo(physical, Dialect.POSTGRESQL);
        session("b").applyTo(physical, Dialect.POSTGRESQL);
        session("b").applyTo(physical, Dialect.POSTGRESQL);
        session(null).applyTo(physical, Dialect.POSTGRESQL);
        // As where texts have set it that the driver has not seen.
        physical.settings().put("search_path", "c");
        session(null).applyTo(physical, Dialect.POSTGRESQL);
        assertThat(told).hasSize(4);
        for (int i = 1; i < told.size(); i++) {
            assertThat(firstOf(told.get(i))).isNotEqualTo(firstOf(told.get(i - 1)));
        }
        assertThat(told).allMatch(text -> text.matches("SET search_path TO DEFAULT /\\* [\\w ]+ \\*/(; .*)?"));
        assertThat(told.subList(0, 2)).allMatch(text -> text.endsWith("; SELECT pg_catalog.set_config(?, ?, false)"));
    }

    private static String firstOf(String text) {
        return text.split(";", -1)[0];
    }
}
