package io.heliosjdbc.tpcc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What libraries log to the terminal in the middle of a command. */
class LogTest {
    @Test
    void anExceptionIsALineForEachOfItsCauses() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        SQLException thrown = new SQLException("the server is gone", new IllegalStateException("it was ended"));

        String text = new String(
                console.getEncoder()
                        .encode(new LoggingEvent("", root, Level.WARN, "a connection is broken", thrown, null)),
                UTF_8);

        assertThat(text.lines())
                .hasSize(3)
                .noneMatch(line -> line.startsWith("\tat "))
                .anyMatch(line -> line.contains("the server is gone"))
                .anyMatch(line -> line.contains("it was ended"));
    }
}
