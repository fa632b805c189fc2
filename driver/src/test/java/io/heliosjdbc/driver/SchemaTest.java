package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schema a connection is taken to have: what it says itself, and nothing that would have to be asked for. */
class SchemaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            jdbc:helios:postgresql://h/d?currentSchema=acme,public | acme
            jdbc:helios:postgresql://h/d?currentSchema="Acme"      | Acme
            jdbc:helios:postgresql://h/d?currentSchema="$user"     |
            jdbc:helios:postgresql://h/d                           |
            jdbc:helios:h2:mem:x;SCHEMA=ACME                       | ACME
            jdbc:helios:h2:mem:x;schema=acme                       | acme
            """)
    void theUrlTells(String url, @Nullable String schema) {
        assertThat(ConnectRequest.of(url, null).schema()).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource({"currentSchema", "schema", "SCHEMA"})
    void thePropertiesTell(String name) {
        Properties properties = new Properties();
        properties.putAll(Map.of(name, "acme"));
        assertThat(ConnectRequest.of("jdbc:helios:x:y", properties).schema()).isEqualTo("acme");
    }

    private static String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN HELIOS SELECT 1")) {
            while (rows.next()) {
                if (rows.getString("property").equals("features")) {
                    for (String feature : rows.getString("value").split(", ", -1)) {
                        if (feature.startsWith("schema=")) {
                            return feature;
                        }
                    }
                }
            }
        }
        return "";
    }

    @Test
    void theLastWordCounts() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:helios:h2:mem:schema;SCHEMA=PUBLIC");
                Statement statement = connection.createStatement()) {
            assertThat(schema(connection)).isEqualTo("schema=PUBLIC");
            statement.execute("CREATE SCHEMA acme");
            connection.setSchema("ACME");
            assertThat(schema(connection)).isEqualTo("schema=ACME");
            statement.execute("SET SCHEMA public");
            assertThat(schema(connection)).isEqualTo("schema=public");
            assertThatThrownBy(() -> statement.execute("SET SCHEMA nowhere")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connection.setSchema("NOWHERE")).isInstanceOf(SQLException.class);
            assertThat(schema(connection)).isEqualTo("schema=public");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:helios:h2:mem:schema")) {
            assertThat(schema(connection)).isEmpty();
        }
    }
}
