package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** HikariCP is an optional dependency: without it everything works but what needs it. */
class WithoutHikariTest {
    @Test
    void lateBindingSaysThatItIsMissing() throws Exception {
        List<URL> all = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            if (!each.contains("HikariCP")) {
                all.add(Path.of(each).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(all.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Driver driver = Class.forName("io.heliosjdbc.driver.HeliosDriver", true, loader)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
            Properties h2 = new Properties();
            h2.setProperty("helios.driver", "org.h2.Driver");
            try (Connection direct = driver.connect("jdbc:helios:h2:mem:without", h2)) {
                assertThat(direct.isValid(1)).isTrue();
            }
            h2.setProperty("helios.connections", "late");
            h2.setProperty("helios.manager", "without");
            assertThatThrownBy(() -> driver.connect("jdbc:helios:h2:mem:without", h2))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("F0000"))
                    .hasMessageContaining("com.zaxxer:HikariCP");
        }
    }
}
