package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.wrapper.JdbcWrapper;
import io.heliosjdbc.driver.wrapper.PooledConnectionWrapper;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of a data source and of its builders reaches the one behind it, and every connection is scheduled: by reflection. */
class DataSourceDelegationTest {
    /** What Helios answers itself. */
    private static final Set<String> OWN = Set.of("unwrap Class", "isWrapperFor Class", "getParentLogger");

    private final RecordingVendor vendor = new RecordingVendor();

    private record Kind<T extends CommonDataSource>(Class<T> type, Function<T, T> ours) {
        Object over(RecordingVendor vendor) {
            return ours.apply(vendor.proxy(type));
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Kind<?>> kinds() {
        return Stream.of(
                new Kind<>(DataSource.class, target -> new HeliosDataSource(target, Map.of())),
                new Kind<>(XADataSource.class, target -> new HeliosXADataSource(target, Map.of())),
                new Kind<>(
                        ConnectionPoolDataSource.class,
                        target -> new HeliosConnectionPoolDataSource(target, Map.of())));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMethodIsPassedOn(Kind<?> kind) throws Throwable {
        assertThat(missed(kind.over(vendor), kind.type())).isEmpty();
    }

    /** Calls every method; what did not reach the vendor, or gave something raw. */
    private List<String> missed(Object ours, Class<?> type) throws Throwable {
        List<String> missed = new ArrayList<>();
        for (Method method : type.getMethods()) {
            String key = RecordingVendor.key(method);
            if (Modifier.isStatic(method.getModifiers()) || OWN.contains(key)) {
                continue;
            }
            vendor.calls.clear();
            Object given = RecordingVendor.call(ours, method);
            if (!vendor.calls.contains(key)) {
                missed.add(key);
            }
            if (given != null && method.getName().endsWith("ConnectionBuilder")) {
                missed.addAll(missed(given, method.getReturnType()));
            } else if (given instanceof Connection || given instanceof PooledConnection) {
                if (!(given instanceof JdbcWrapper || given instanceof PooledConnectionWrapper)) {
                    missed.add(key + " gives the vendor's");
                }
                close(given);
            }
        }
        return missed;
    }

    private static void close(Object connection) throws SQLException {
        if (connection instanceof Connection plain) {
            plain.close();
        } else {
            ((PooledConnection) connection).close();
        }
    }
}
