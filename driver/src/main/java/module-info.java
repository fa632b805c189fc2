/** A drop-in JDBC driver that puts a workload manager in front of the vendor's. */
module io.heliosjdbc.driver {
    requires transitive java.sql;
    requires transitive java.transaction.xa;
    requires java.sql.rowset;
    requires io.heliosjdbc.agreements;
    requires io.heliosjdbc.slo;
    requires io.heliosjdbc.scheduler;
    requires io.heliosjdbc.classifier;
    requires net.bytebuddy;
    requires org.slf4j;
    requires org.tomlj;
    requires static com.zaxxer.hikari;
    requires static micrometer.core;

    exports io.heliosjdbc.driver;

    uses java.sql.Driver;

    provides java.sql.Driver with
            io.heliosjdbc.driver.HeliosDriver;
}
