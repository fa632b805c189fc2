package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.statement.Dialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the database has given, and who waits for room there. */
@Timeout(60)
class OpenConnectionsTest {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final OpenConnections open = new OpenConnections();
    /** Whether there was room already when one was closed. */
    private final List<Boolean> roomWhenClosed = new ArrayList<>();

    private @Nullable Error inMetaData;

    private Connection vendors() throws SQLException {
        Connection vendors = DriverManager.getConnection("jdbc:h2:mem:");
        return (Connection) Proxy.newProxyInstance(
                OpenConnectionsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        roomWhenClosed.add(open.awaitRoom(0));
                    }
                    Error wrong = inMetaData;
                    if (wrong != null && method.getName().equals("getMetaData")) {
                        throw wrong;
                    }
                    try {
                        return method.invoke(vendors, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Test
    void thereIsRoomWhenOneWasClosedNotBefore() throws Exception {
        Connection raw = vendors();
        open.add(raw);
        open.discard(raw);
        open.discard(raw);
        assertThat(raw.isClosed()).isTrue();
        assertThat(roomWhenClosed).containsExactly(false);
        assertThat(open.awaitRoom(FOR_EVER)).isTrue();
        assertThat(open.awaitRoom(0)).isFalse();
    }

    @Test
    void whereNoneIsWantedNobodyWaitsForRoom() throws Exception {
        open.wantNoMore();
        assertThat(open.awaitRoom(FOR_EVER)).isTrue();
    }

    @Test
    void whatComesWhenNoneIsWantedIsClosed() throws SQLException {
        Connection late = vendors();
        open.wantNoMore();
        assertThatThrownBy(() -> open.add(late)).hasFieldOrPropertyWithValue("SQLState", "08003");
        assertThat(late.isClosed()).isTrue();
        assertThat(open.size()).isZero();
    }

    @Test
    void whileTheDatabaseRefusesMoreThereMayBeNoMore() throws SQLException {
        open.add(vendors());
        open.refused("too many");
        assertThat(open.most(3)).isEqualTo(1);
        open.refused(null);
        assertThat(open.most(3)).isEqualTo(3);
        open.close();
        assertThat(open.size()).isZero();
    }

    @Test
    void oneThatFailsWhenItIsAskedIsNotCounted() throws SQLException {
        Connection first = vendors();
        Traits traits = new Traits(
                "other", Dialect.OTHER, new Defaults(Map.of(), Map.of()), null, null, null, first.getClass(), false);
        PhysicalSource source = new PhysicalSource("test", first, traits, this::vendors, open, System::nanoTime);
        inMetaData = new AbstractMethodError("an old driver");
        assertThatThrownBy(source::getConnection).hasMessage("an old driver");
        assertThat(first.isClosed()).isTrue();
        assertThat(open.size()).isZero();
    }
}
