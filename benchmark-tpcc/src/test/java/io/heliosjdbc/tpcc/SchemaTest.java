package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SchemaTest {
    /** Whose statements fail as SQLite's do, which has no SQLState. */
    private static Connection stateless(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        throw new SQLException("something is wrong");
                    }
                    return method.invoke(real, arguments);
                });
    }

    @Test
    void whereTheStateSaysNothingTheMetadataDoes() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Connection connection = target.straight();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE stock (id INTEGER)");
            Connection stateless = stateless(connection);
            assertThat(Schema.isThere(stateless, "orders")).isFalse();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Schema.isThere(stateless, "stock"))
                    .withMessage("something is wrong");
        }
    }
}
