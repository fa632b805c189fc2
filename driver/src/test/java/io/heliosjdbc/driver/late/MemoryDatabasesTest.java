package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryDatabasesTest {
    private static final String LATE = ";helios.connections=late";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:",
                "jdbc:h2:mem:;MODE=MySQL",
                "jdbc:h2:tcp://localhost/mem:",
                "jdbc:h2:tcp://localhost:9092/mem:;IFEXISTS=TRUE",
                "jdbc:h2:ssl://host/mem:",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file::memory:",
                "jdbc:sqlite:file::memory:?foreign_keys=on",
                "jdbc:sqlite:file:named?mode=memory",
                "jdbc:duckdb:",
                "jdbc:duckdb::memory:"
            })
    void eachConnectionHasItsOwn(String url) {
        assertThat(MemoryDatabases.isPrivate(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:shop",
                "jdbc:h2:tcp://localhost:9092/mem:shop;MODE=MySQL",
                "jdbc:h2:ssl://host/mem:shop",
                "jdbc:sqlite:file::memory:?cache=shared",
                "jdbc:sqlite:file:named?mode=memory&cache=shared",
                "jdbc:duckdb::memory:shop"
            })
    void itGoesWithTheLastConnection(String url) {
        assertThat(MemoryDatabases.isPrivate(url)).isFalse();
        assertThat(MemoryDatabases.endsWithItsConnections(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:~/shop",
                "jdbc:h2:tcp://localhost/~/mem:shop",
                "jdbc:sqlite:shop.db",
                "jdbc:sqlite:file:shop.db?cache=shared",
                "jdbc:duckdb:shop.db",
                "jdbc:postgresql://host/mem:"
            })
    void itStays(String url) {
        assertThat(MemoryDatabases.isPrivate(url)).isFalse();
        assertThat(MemoryDatabases.endsWithItsConnections(url)).isFalse();
    }

    @Test
    void anotherProcesssDatabaseStaysWhileNobodyIsBound() throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        String url = "jdbc:helios:h2:tcp://localhost:" + server.getPort() + "/mem:";
        try {
            try (Connection one = DriverManager.getConnection(url + "stays" + LATE + "");
                    Statement statement = one.createStatement()) {
                statement.execute("CREATE TABLE t (id INT)");
                // It pins, and is thrown away with its connection: the only one there is.
                statement.execute("SET @x = 1");
            }
            try (Connection other = DriverManager.getConnection(url + "stays" + LATE + "");
                    Statement statement = other.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
                assertThat(rows.next()).isTrue();
            }
            assertThatThrownBy(() -> DriverManager.getConnection(url + LATE)).hasMessageContaining("one connection");
        } finally {
            WorkloadManagers.closeIdle();
            server.stop();
        }
    }
}
