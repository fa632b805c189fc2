package io.heliosjdbc.driver.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.scheduler.Disciplines;
import java.sql.DriverPropertyInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void everyKeyIsAPropertyWithItsDefault() {
        assertThat(info(Map.of(), "helios.discipline").value).isEqualTo("budget");
        assertThat(info(Map.of(), "helios.discipline").choices)
                .containsExactly("budget", "fifo", "static", "mefi", "fisher_krieger", "kafka");
        assertThat(info(Map.of(), "helios.background_queue.max_concurrency").value)
                .isEqualTo("2");
        assertThat(info(Map.of(), "helios.config").value).isNull();
    }

    @Test
    void everyDisciplineCanBeChosen() {
        assertThat(Keys.DISCIPLINE.choices()).containsExactlyInAnyOrderElementsOf(Disciplines.names());
    }

    @Test
    void whatIsGivenTakesTheDefaultsPlace() {
        assertThat(info(Map.of("discipline", "fifo"), "helios.discipline").value)
                .isEqualTo("fifo");
    }

    @Test
    void everyPropertyIsDescribed() {
        assertThat(Parameters.propertyInfo(Map.of()))
                .allSatisfy(info -> assertThat(info.description).as(info.name).isNotBlank());
    }

    @Test
    void commasInsideQuotesDoNotSplitAList() {
        assertThat(Overrides.split("client_tag = 'a,b', join_count > 2"))
                .isEqualTo(List.of("client_tag = 'a,b'", "join_count > 2"));
        assertThat(Overrides.split("")).isEmpty();
    }

    private static DriverPropertyInfo info(Map<String, String> given, String name) {
        return Parameters.propertyInfo(given).stream()
                .filter(info -> info.name.equals(name))
                .findFirst()
                .orElseThrow();
    }
}
