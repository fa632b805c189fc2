package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import io.heliosjdbc.classifier.criteria.Truth;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.reading.Reading;
import io.heliosjdbc.classifier.statement.StatementKind;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In Turkish the lower case of I has no dot, and the upper case of i has one. */
class TurkishLocaleTest {
    private final Locale before = Locale.getDefault();

    @BeforeEach
    void speakTurkish() {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void keywordsAreKnownInAnyCase() {
        assertThat(Reading.of("commit").kind()).isEqualTo(StatementKind.COMMIT);
        Reading reading = Reading.of("insert into ITEMS select min(PRICE) from BIG_TABLE limit 5");
        assertThat(reading.template()).isEqualTo("INSERT INTO items SELECT min(price) FROM big_table LIMIT ?");
        assertThat(reading.features().asMap())
                .containsEntry("query_type", "INSERT")
                .containsEntry("aggregation_count", 1L)
                .containsEntry("has_limit", true);
        assertThat(Reading.of("l\u0131st").template()).isEqualTo("l\u0131st");
    }

    @Test
    void hintsAreKnownInAnyCase() {
        assertThat(Reading.of("/* PRIORITY=high, Client=I */ SELECT 1").hints())
                .isEqualTo(Hints.NONE.with("priority", "HIGH").with("client", "I"));
    }

    @Test
    void criteriaAreKnownInAnyCase() throws CriterionSyntaxException {
        Criterion criterion = Criterion.parse("join_count = 1 AND TABLE_NAMES contains 'ITEMS'");
        assertThat(criterion.evaluate(Reading.of("SELECT 1 FROM items, t").features()::value))
                .isEqualTo(Truth.TRUE);
        assertThat(Criterion.parse("QUERY_TYPE = 'insert'")
                        .evaluate(Reading.of("insert into t values (1)").features()::value))
                .isEqualTo(Truth.TRUE);
    }
}
