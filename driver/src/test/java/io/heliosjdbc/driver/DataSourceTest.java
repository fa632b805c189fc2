package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** The data source, by URL and in front of another one. */
class DataSourceTest {
    private static final String LOCATION = "h2:mem:data_source;DB_CLOSE_DELAY=-1";

    private static HeliosDataSource byUrl(String url) {
        HeliosDataSource source = new HeliosDataSource();
        source.setUrl(url);
        return source;
    }

    private static JdbcDataSource h2() {
        JdbcDataSource vendors = new JdbcDataSource();
        vendors.setURL("jdbc:" + LOCATION);
        return vendors;
    }

    private static void assertPooled(DataSource source) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            assertThat(classes.next()).isTrue();
        }
    }

    @Test
    void aPoolTakesItByUrl() throws SQLException {
        assertPooled(byUrl("jdbc:helios:" + LOCATION));
    }

    @Test
    void aPoolTakesItInFrontOfAnother() throws SQLException {
        assertPooled(new HeliosDataSource(h2()));
    }

    @Test
    void aLoginTimeoutIsRememberedAndLeavesVendorsAloneThatKnowNone() throws SQLException {
        HeliosDataSource source = byUrl("jdbc:helios:" + LOCATION);
        source.setLoginTimeout(7);
        assertThat(source.getLoginTimeout()).isEqualTo(7);
        try (Connection connection = source.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    /** HikariCP sets one unasked. */
    @Test
    void aPoolTakesItByTheUrlOfADriverThatRefusesWhatItDoesNotKnow() throws SQLException {
        assertPooled(byUrl("jdbc:helios:duckdb::memory:data_source"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://host/shop, loginTimeout, 7",
        "postgresql://host/shop?loginTimeout=3, loginTimeout,",
        "sqlserver://host;databaseName=shop, loginTimeout, 7",
        "db2://host:50000/shop, loginTimeout, 7",
        "mariadb://host/shop, connectTimeout, 7000",
        "mysql://host/shop, connectTimeout, 7000",
        "mysql://host/shop?connectTimeout=3000, connectTimeout,",
        "duckdb:, loginTimeout,",
        "h2:mem:shop, loginTimeout,"
    })
    void aLoginTimeoutIsTheDriversOwnPropertyWhereItHasOneThatNobodyHasSet(
            String location, String name, @Nullable String value) {
        ConnectRequest request =
                ConnectRequest.of("jdbc:helios:" + location, null).withLoginTimeout(7);
        assertThat(request.vendorProperties().getProperty(name)).isEqualTo(value);
        assertThat(request.vendorProperties()).hasSize(value == null ? 0 : 1);
        assertThat(request.withLoginTimeout(0).vendorProperties()).isEqualTo(request.vendorProperties());
    }

    /** As a bean of a framework's has it whose settings leave them out. */
    @Test
    void noUserAndNoPasswordAreNone() throws SQLException {
        HeliosDataSource source = byUrl("jdbc:helios:" + LOCATION);
        source.setUser("nobody");
        source.setUser(null);
        source.setPassword(null);
        assertThat(source.getUser()).isNull();
        try (Connection connection = source.getConnection();
                Connection other = source.getConnection(null, null)) {
            assertThat(connection.getMetaData().getUserName()).isEmpty();
            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    void inFrontOfAnotherItsOwnPropertiesCount() {
        HeliosDataSource source = new HeliosDataSource(h2());
        Properties faulty = new Properties();
        faulty.setProperty("helios.disciplin", "kafka");
        source.setProperties(faulty);
        assertThatThrownBy(source::getConnection)
                .hasMessageContaining("discipline")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("F0000");
    }

    /** Not even where the vendor's does not let itself be closed. */
    @Test
    void aConnectionOfAnotherThatFailsAtOnceLeavesNoSession() throws SQLException {
        RecordingVendor vendor = new RecordingVendor();
        HeliosDataSource source = new HeliosDataSource(vendor.proxy(DataSource.class));
        Properties properties = new Properties();
        properties.setProperty("helios.manager", "no-session-left");
        source.setProperties(properties);
        try (Connection watcher = source.getConnection();
                Statement statement = watcher.createStatement()) {
            vendor.fault = method -> switch (method.getName()) {
                case "getAutoCommit", "close" -> new SQLException(method.getName() + " fails");
                default -> null;
            };
            assertThatThrownBy(source::getConnection).hasMessage("close fails");
            vendor.fault = method -> null;
            try (ResultSet connections = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
                assertThat(connections.next()).isTrue();
                assertThat(connections.next()).isFalse();
            }
        }
    }

    @Test
    void aPropertyThatIsNoStringCounts() {
        Properties faulty = new Properties();
        faulty.put("helios.disciplin", 7);
        for (HeliosDataSource source :
                new HeliosDataSource[] {new HeliosDataSource(h2()), byUrl("jdbc:helios:" + LOCATION)}) {
            source.setProperties(faulty);
            assertThatThrownBy(source::getConnection)
                    .hasMessageContaining("helios.discipline")
                    .hasFieldOrPropertyWithValue("SQLState", "F0000");
            assertThatThrownBy(() -> source.getConnection("", ""))
                    .hasMessageContaining("helios.discipline")
                    .hasFieldOrPropertyWithValue("SQLState", "F0000");
        }
    }

    @Test
    void aVendorsPropertyReachesItAsItIs() throws SQLException {
        RecordingVendor vendor = new RecordingVendor();
        Object value = new Object();
        Properties defaults = new Properties();
        defaults.setProperty("inherited", "yes");
        Properties given = new Properties(defaults);
        given.put("factory", value);
        HeliosDataSource source = byUrl("jdbc:helios:recording:as-it-is");
        source.setProperties(given);
        DriverManager.registerDriver(vendor);
        try (Connection connection = source.getConnection("app", "secret")) {
            assertThat(connection.isClosed()).isFalse();
        } finally {
            DriverManager.deregisterDriver(vendor);
        }
        assertThat(vendor.properties)
                .containsOnly(
                        Map.entry("inherited", "yes"),
                        Map.entry("factory", value),
                        Map.entry("user", "app"),
                        Map.entry("password", "secret"));
    }

    private static String user(Connection connection) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN HELIOS SELECT 1")) {
            while (rows.next()) {
                if (rows.getString("property").equals("user")) {
                    return rows.getString("value");
                }
            }
        }
        return "";
    }

    /** H2 has it in upper case whatever was given. */
    @Test
    void inFrontOfAnotherTheUserIsTheOneGivenElseTheOneThatTheMetadataNames() throws SQLException {
        JdbcDataSource vendors = new JdbcDataSource();
        vendors.setURL("jdbc:h2:mem:users;DB_CLOSE_DELAY=-1");
        vendors.setUser("anna");
        vendors.setPassword("x");

        assertThat(user(new HeliosDataSource(vendors).getConnection())).isEqualTo("ANNA");
        assertThat(user(new HeliosDataSource(vendors).getConnection("anna", "x")))
                .isEqualTo("anna");
        PooledConnection pooled = new HeliosConnectionPoolDataSource(vendors).getPooledConnection("anna", "x");
        assertThat(user(pooled.getConnection())).isEqualTo("anna");
        pooled.close();
        XAConnection xa = new HeliosXADataSource(vendors).getXAConnection("anna", "x");
        assertThat(user(xa.getConnection())).isEqualTo("anna");
        xa.close();
    }

    /** MySQL's driver adds the client's host to its user; an at sign of other drivers is the name's own. */
    @ParameterizedTest
    @CsvSource({
        "MySQL, app@10.0.0.7, , app",
        "MySQL, a@b@10.0.0.7, , a@b",
        "MySQL, app, , app",
        "MySQL, app@10.0.0.7, alice, app",
        "PostgreSQL, app@shop, , app@shop",
        "H2, ANNA, anna, anna",
        "Other, , anna, anna",
        "Other, , ,",
    })
    void aUserIsWhoHasLoggedIn(String product, @Nullable String named, @Nullable String given, @Nullable String user)
            throws SQLException {
        DatabaseMetaData metaData = (DatabaseMetaData) Proxy.newProxyInstance(
                DataSourceTest.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUserName" -> named;
                    case "getDatabaseProductName" -> product;
                    default -> throw new UnsupportedOperationException(method.getName());
                });

        assertThat(SessionOpener.user(metaData, given)).isEqualTo(user);
    }

    @Test
    void unwrappingReachesTheOtherAndAgreesWithItsQuestion() throws SQLException {
        JdbcDataSource vendors = h2();
        HeliosDataSource source = new HeliosDataSource(vendors);
        assertThat(source.unwrap(HeliosDataSource.class)).isSameAs(source);
        assertThat(source.unwrap(JdbcDataSource.class)).isSameAs(vendors);
        assertThat(source.isWrapperFor(JdbcDataSource.class)).isTrue();
        assertThat(source.isWrapperFor(String.class)).isFalse();
        assertThatThrownBy(() -> source.unwrap(String.class)).isInstanceOf(SQLException.class);
        HeliosDataSource alone = byUrl("jdbc:helios:" + LOCATION);
        assertThat(alone.isWrapperFor(JdbcDataSource.class)).isFalse();
        assertThatThrownBy(() -> alone.unwrap(JdbcDataSource.class)).isInstanceOf(SQLException.class);
    }

    /** Some say that they wrap what they do not unwrap to. */
    @Test
    void theQuestionIsAnsweredByTrying() throws SQLException {
        HeliosDataSource source = new HeliosDataSource(new MariaDbDataSource() {
            @Override
            public boolean isWrapperFor(Class<?> type) {
                return true;
            }
        });
        assertThatThrownBy(() -> source.unwrap(String.class)).isNotNull();
        assertThat(source.isWrapperFor(String.class)).isFalse();
        assertThat(source.isWrapperFor(MariaDbDataSource.class)).isTrue();
    }

    @Test
    void aMissingOrForeignUrlSaysWhatToDo() {
        for (HeliosDataSource source : new HeliosDataSource[] {new HeliosDataSource(), byUrl("jdbc:h2:mem:x")}) {
            assertThatThrownBy(source::getConnection)
                    .hasMessageContaining("jdbc:helios:")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("F0000");
        }
    }
}
