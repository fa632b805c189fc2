package io.heliosjdbc.tpcc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CircumstancesTest {
    @Test
    void theOptionsOfTheJvmAreToldWithoutPasswords() {
        assertThat(Circumstances.options(List.of("-Xmx1g", "-Djavax.net.ssl.keyStorePassword=secret", "-XX:+UseZGC")))
                .isEqualTo("-Xmx1g -Djavax.net.ssl.keyStorePassword=*** -XX:+UseZGC");
        assertThat(Circumstances.options(List.of())).isEqualTo("none");
    }
}
