package io.heliosjdbc.bundle;

import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An application that knows nothing of Helios but the URL; run in a process of its own, it says what it found. */
public final class BundleApplication {
    /** Something that needs the TOML parser. */
    static final String CONFIGURATION = """
            [workload_routing]
            enabled = true
            agreements = ["agreement.xml"]
            """;

    /** Something that needs JAXB. */
    static final String AGREEMENT = """
            <Agreement xmlns="urn:helios:agreement:1" id="shop">
              <Name>Web shop</Name>
              <Context>
                <ServiceProvider>dba</ServiceProvider><ServiceConsumer>checkout team</ServiceConsumer>
                <ExpirationTime>2099-12-31T00:00:00Z</ExpirationTime>
              </Context>
              <Terms>
                <ServiceDescriptionTerm name="checkout">
                  <UserLoad name="checkout" serviceClass="fast_lane">
                    <Match sql="(?i)insert into orders.*"/>
                  </UserLoad>
                </ServiceDescriptionTerm>
                <GuaranteeTerm name="checkout latency" userLoad="checkout">
                  <ServiceLevelObjective>
                    <PercentileObjective percent="90" responseTime="PT5S"/>
                  </ServiceLevelObjective>
                  <BusinessValueList>
                    <Penalty assessmentInterval="P1M" valueUnit="USD" perPercentagePoints="10" value="1000" maximum="2000"/>
                  </BusinessValueList>
                </GuaranteeTerm>
              </Terms>
            </Agreement>
            """;

    private BundleApplication() {}

    /** Books an order, and asks where it went. */
    public static void main(String[] arguments) throws SQLException {
        String insert = "INSERT INTO orders VALUES (1)";
        try (Connection connection = DriverManager.getConnection("jdbc:helios:h2:mem:shop;helios.config=helios.toml");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY)");
            System.out.println("booked " + statement.executeUpdate(insert));
            try (ResultSet explained = statement.executeQuery("EXPLAIN HELIOS " + insert)) {
                while (explained.next()) {
                    if (explained.getString("property").equals("user_load")) {
                        System.out.println("user load " + explained.getString("value"));
                    }
                }
            }
        }
        System.out.println("caffeine " + jarOf("com.github.benmanes.caffeine.cache.Caffeine"));
        System.out.println("byte-buddy " + jarOf("net.bytebuddy.ByteBuddy"));
    }

    private static String jarOf(String type) {
        try {
            CodeSource source = Class.forName(type).getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().getPath()).getFileName().toString();
        } catch (ClassNotFoundException none) {
            return "none";
        }
    }
}
