package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.tpcc.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookoutTest {
    @Test
    void afterAFailureAnotherConnectionIsOpened() throws Exception {
        List<Connection> opened = new ArrayList<>();
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Lookout lookout = new Lookout(() -> {
                    opened.add(target.straight());
                    return opened.get(opened.size() - 1);
                })) {
            assertThat(opened).isEmpty();
            Connection first = lookout.look(connection -> connection);
            assertThat(lookout.<Connection>look(connection -> connection)).isSameAs(first);
            first.close();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> lookout.look(connection -> connection.createStatement()));
            assertThat(lookout.<Boolean>look(connection -> connection.isValid(1)))
                    .isTrue();
            assertThat(opened).hasSize(2);
        }
        assertThat(opened.get(1).isClosed()).isTrue();
    }
}
