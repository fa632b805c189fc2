package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which URLs are ours, whose driver is behind them, and with whose credentials. */
class HeliosDriverTest {
    private static final String H2 = "jdbc:helios:h2:mem:driver_test;DB_CLOSE_DELAY=-1";

    /** A vendor's driver that nobody has registered; a class of services files alone names it. */
    public static final class ContextualDriver extends TestVendor {
        /** Called by the service loader. */
        public ContextualDriver() {
            super("jdbc:contextual:");
        }

        @Override
        public @Nullable Connection connect(String url, Properties info) throws SQLException {
            return acceptsURL(url) ? new org.h2.Driver().connect("jdbc:h2:mem:contextual", new Properties()) : null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x",
                "jdbc:postgresql://localhost/helios",
                "jdbc:heliosx:h2:mem:x",
                "jdbc:helio",
                "",
                "helios:h2:mem:x"
            })
    void othersUrlsAreLeftToOthers(String url) throws SQLException {
        Driver driver = new HeliosDriver();
        assertThat(driver.acceptsURL(url)).isFalse();
        assertThat(driver.connect(url, new Properties())).isNull();
        assertThat(driver.getPropertyInfo(url, null)).isEmpty();
    }

    @Test
    void aVendorsUrlIsNeverTaken() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:plain")) {
            assertThat(connection.getClass().getName()).startsWith("org.h2.");
        }
    }

    @Test
    void anyNumberOfDriversIsRegisteredOnceAndSharesOneManager() throws SQLException {
        Driver one = new HeliosDriver();
        Driver two = new HeliosDriver();
        assertThat(DriverManager.drivers().filter(HeliosDriver.class::isInstance))
                .hasSize(1);
        String url = H2 + ";helios.manager=two-drivers";
        try (Connection first = one.connect(url, new Properties());
                Connection second = two.connect(url, new Properties())) {
            long before = admitted(second);
            try (Statement statement = first.createStatement()) {
                statement.execute("SELECT 1");
            }
            assertThat(admitted(second)).isEqualTo(before + 1);
        }
    }

    private static long admitted(Connection connection) throws SQLException {
        long admitted = 0;
        try (Statement statement = connection.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                admitted += classes.getLong("admitted");
            }
        }
        return admitted;
    }

    @Test
    void whereNoDriverTakesTheUrlTheErrorNamesThoseThereAre() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:nosuch:thing?password=secret"))
                .isInstanceOf(SQLNonTransientException.class)
                .hasMessageContaining("No JDBC driver accepts jdbc:nosuch:thing; mend the URL")
                .hasMessageContaining("Registered: ")
                .hasMessageContaining("org.h2.Driver")
                .hasMessageNotContaining("secret")
                .hasFieldOrPropertyWithValue("SQLState", "F0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:helios:nosuch://root:secret@host/shop",
                "jdbc:helios:nosuch:thin:scott/secret@//host:1521/shop",
                "jdbc:helios:nosuch://host/shop;password=secret"
            })
    void theErrorHoldsNoPasswordOfTheUrl(String url) {
        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .hasMessageContaining("No JDBC driver accepts jdbc:nosuch:")
                .hasMessageContaining("host")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whereNoDriverTakesTheUrlNoWorkloadManagerIsOpened() {
        ch.qos.logback.classic.Logger logger =
                (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.heliosjdbc.driver.manager.WorkloadManager");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:nosuch:unopened"))
                    .hasFieldOrPropertyWithValue("SQLState", "F0000");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).noneMatch(each -> each.getFormattedMessage().contains("nosuch"));
    }

    @Test
    void theVendorsDriverIsFoundByTheContextClassLoader(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.sql.Driver"), ContextualDriver.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:contextual:x"))
                .hasMessageContaining("No JDBC driver accepts jdbc:contextual:x");
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, HeliosDriverTest.class.getClassLoader())) {
            thread.setContextClassLoader(application);
            try (Connection connection = DriverManager.getConnection("jdbc:helios:contextual:x")) {
                assertThat(connection.isValid(1)).isTrue();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** As in an application server whose threads know nothing of the application. */
    @Test
    void orByTheLoaderThatHeliosComesFrom(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.sql.Driver"), ContextualDriver.class.getName());
        List<URL> urls = new ArrayList<>(List.of(directory.toUri().toURL()));
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(path).toUri().toURL());
        }
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(urls.toArray(URL[]::new), platform)) {
            thread.setContextClassLoader(platform);
            Driver driver = (Driver) own.loadClass(HeliosDriver.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(driver).isNotInstanceOf(HeliosDriver.class);
            try (Connection connection = driver.connect("jdbc:helios:contextual:own", new Properties())) {
                assertThat(connection.isValid(1)).isTrue();
            }
            own.loadClass(WorkloadManagers.class.getName())
                    .getMethod("closeIdle")
                    .invoke(null);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aDriverIsTakenByItsName() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("helios.driver", ContextualDriver.class.getName());
        try (Connection connection = DriverManager.getConnection("jdbc:helios:contextual:named", properties)) {
            assertThat(connection.isValid(1)).isTrue();
        }
        properties.setProperty("helios.driver", "com.example.NoSuchDriver");
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:contextual:wrong", properties))
                .hasMessageContaining("helios.driver names com.example.NoSuchDriver, which is not on the class path");
        properties.setProperty("helios.driver", "java.lang.String");
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:contextual:none", properties))
                .hasMessageContaining("helios.driver names java.lang.String, which is no usable java.sql.Driver");
    }

    /** {@code DriverManager}'s own words would hold the whole URL. */
    @Test
    void aNamedDriverThatDoesNotTakeTheUrlIsNamedInTheError() {
        Properties properties = new Properties();
        properties.setProperty("helios.driver", ContextualDriver.class.getName());
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:helios:other://root:secret@host/shop?password=secret", properties))
                .isInstanceOf(SQLNonTransientException.class)
                .hasMessageContaining(ContextualDriver.class.getName() + " does not take jdbc:other://host/shop")
                .hasMessageContaining("helios.driver")
                .hasMessageNotContaining("secret")
                .hasFieldOrPropertyWithValue("SQLState", "F0000");
    }

    /** As {@code DriverManager} does, who does not ask whether one accepts the URL. */
    @ParameterizedTest
    @ValueSource(strings = {"throws", "throws its own", "gives none"})
    void anotherDriverThatFailsKeepsNobodyFromTheVendors(String how) throws SQLException {
        Driver other = new TestVendor("jdbc:") {
            @Override
            public boolean acceptsURL(String url) throws SQLException {
                switch (how) {
                    case "throws" -> throw new SQLException("not mine");
                    case "throws its own" -> throw new StringIndexOutOfBoundsException("not mine");
                    default -> {
                        return super.acceptsURL(url);
                    }
                }
            }

            @Override
            public @Nullable Connection connect(String url, Properties info) {
                return null;
            }
        };
        RecordingVendor vendor = new RecordingVendor();
        DriverManager.registerDriver(other);
        DriverManager.registerDriver(vendor);
        try (Connection connection = DriverManager.getConnection("jdbc:helios:recording:hasty")) {
            assertThat(connection.isClosed()).isFalse();
        } finally {
            DriverManager.deregisterDriver(other);
            DriverManager.deregisterDriver(vendor);
        }
    }

    @Test
    void credentialsThatAreGivenWinOverTheUrls() throws SQLException {
        try (Connection owner = DriverManager.getConnection("jdbc:h2:mem:owned;DB_CLOSE_DELAY=-1", "owner", "right")) {
            assertThat(owner.isValid(1)).isTrue();
        }
        HeliosDataSource dataSource = new HeliosDataSource();
        dataSource.setUrl("jdbc:helios:h2:mem:owned;USER=nobody;PASSWORD=wrong");
        try (Connection connection = dataSource.getConnection("owner", "right")) {
            assertThat(connection.getMetaData().getUserName()).isEqualToIgnoringCase("owner");
        }
        assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
    }

    /** MySQL's driver would have the user before the host win. */
    @Test
    void credentialsThatAreGivenWinOverThoseBeforeTheHost() throws SQLException {
        RecordingVendor vendor = new RecordingVendor();
        DriverManager.registerDriver(vendor);
        try {
            HeliosDataSource dataSource = new HeliosDataSource();
            dataSource.setUrl("jdbc:helios:recording://app:secret@host/shop");
            try (Connection connection = dataSource.getConnection("alice", "x")) {
                assertThat(user(connection)).isEqualTo("alice");
            }
            try (Connection connection = dataSource.getConnection()) {
                assertThat(user(connection)).isEqualTo("app");
            }
        } finally {
            DriverManager.deregisterDriver(vendor);
        }
        assertThat(vendor.urls).containsExactly("jdbc:recording://host/shop", "jdbc:recording://app:secret@host/shop");
    }

    private static @Nullable String user(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN HELIOS SELECT 1")) {
            while (rows.next()) {
                if (rows.getString("property").equals("user")) {
                    return rows.getString("value");
                }
            }
        }
        return null;
    }

    @Test
    void whoeverLogsInSharesTheDatabasesManager() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("helios.driver", ContextualDriver.class.getName());
        try (Connection shop = DriverManager.getConnection("jdbc:helios:contextual://shop:pw1@h/db", properties);
                Connection report =
                        DriverManager.getConnection("jdbc:helios:contextual://report:pw2@h/db", properties)) {
            try (Statement statement = shop.createStatement()) {
                statement.execute("SELECT 1");
            }
            assertThat(admitted(report)).isEqualTo(1);
        }
    }

    /** Where a vendor's value may be of any type, ours are found out all the same. */
    @Test
    void aPropertyThatIsNoStringCounts() throws SQLException {
        Properties properties = new Properties();
        properties.put("helios.disciplin", 7);
        assertThatThrownBy(() -> DriverManager.getConnection(H2, properties))
                .hasMessageContaining("helios.discipline")
                .hasFieldOrPropertyWithValue("SQLState", "F0000");
        properties.clear();
        properties.put("helios.dry_run", true);
        properties.put("helios.manager", "no-strings");
        try (Connection connection = DriverManager.getConnection(H2, properties);
                Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery("SHOW HELIOS CONFIG")) {
            while (settings.next() && !settings.getString("name").equals("dry_run")) {
                assertThat(settings.isAfterLast()).isFalse();
            }
            assertThat(settings.getString("value")).isEqualTo("true");
        }
    }

    /** Where the URL says nothing, a property with a character that URLs escape arrives as it is. */
    @Test
    void valuesAreNotEncodedAnew() throws SQLException {
        String password = "p%20 +&;=ü";
        try (Connection owner =
                DriverManager.getConnection("jdbc:h2:mem:encoded;DB_CLOSE_DELAY=-1", "owner", password)) {
            assertThat(owner.isValid(1)).isTrue();
        }
        Properties defaults = new Properties();
        defaults.setProperty("password", password);
        Properties given = new Properties(defaults);
        given.setProperty("user", "owner");
        try (Connection connection = DriverManager.getConnection("jdbc:helios:h2:mem:encoded", given)) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
