package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedObjectsTest {
    private final ClosedObjects objects = new ClosedObjects(this::open, new Habits());
    /** What happens while a connection is opened. */
    private Meanwhile meanwhile = () -> {};

    private int opened;

    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws SQLException;
    }

    private Connection open() throws SQLException {
        opened++;
        meanwhile.happens();
        return DriverManager.getConnection("jdbc:h2:mem:");
    }

    @Test
    void whoAsksWhileOneIsOpenedIsAnsweredToo() throws SQLException {
        List<DatabaseMetaData> told = new ArrayList<>();
        meanwhile = () -> {
            meanwhile = () -> {};
            told.add(objects.metaData());
        };
        assertThat(objects.connection().isClosed()).isTrue();
        assertThat(told).hasSize(1);
        assertThat(objects.metaData()).isSameAs(told.get(0));
        assertThat(opened).isEqualTo(2);
    }

    @Test
    void nobodyWaitsTwiceForOneThatCannotBeOpened() {
        meanwhile = () -> {
            throw new SQLException("nobody there", "08001");
        };
        assertThatThrownBy(objects::connection).hasMessage("nobody there");
        assertThatThrownBy(objects::connection).hasMessage("This connection has been closed");
        assertThatThrownBy(objects::metaData).hasMessage("This connection has been closed");
        assertThat(opened).isEqualTo(1);
    }
}
