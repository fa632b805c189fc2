package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password in an array, as H2's driver takes it, which fills that with zeros once it has logged in. */
class LettersAsPasswordTest {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static Properties with(char[] password) {
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.put("password", password);
        return properties;
    }

    @AfterEach
    void closePools() {
        WorkloadManagers.closeIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections=late", "accounts=jdbc", "classifier.database_estimates=true"})
    void servesForAllConnectionsThatAreOpened(String setting) throws SQLException {
        String url = "jdbc:helios:h2:mem:letters_" + DATABASES.incrementAndGet() + ";helios." + setting;
        Properties properties = with(new char[] {'t', 'i', 'g', 'e', 'r'});
        try (Connection one = DriverManager.getConnection(url, properties);
                Connection other = DriverManager.getConnection(url, properties);
                Statement statement = one.createStatement();
                Statement another = other.createStatement()) {
            one.setAutoCommit(false);
            assertThat(statement.execute("SELECT 1")).isTrue();
            assertThat(another.execute("SELECT 1")).isTrue();
        }
        assertThat((char[]) properties.get("password")).containsExactly('t', 'i', 'g', 'e', 'r');
    }

    private static Object identityOf(Object password) {
        Properties properties = new Properties();
        properties.put("password", password);
        return ConnectRequest.of("jdbc:helios:h2:mem:letters", properties).identity();
    }

    @Test
    void areTheSameInEachArray() {
        Object identity = identityOf("tiger".toCharArray());
        assertThat(identityOf("tiger".toCharArray())).isEqualTo(identity).hasSameHashCodeAs(identity);
        assertThat(identityOf("lion".toCharArray())).isNotEqualTo(identity);
        assertThat(identityOf("tiger")).isNotEqualTo(identity);
        assertThat(identity.toString()).doesNotContain("tiger");
    }
}
