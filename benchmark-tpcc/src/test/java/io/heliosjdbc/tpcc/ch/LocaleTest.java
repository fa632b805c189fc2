package io.heliosjdbc.tpcc.ch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class LocaleTest {
    @Test
    void questionsAreFoundWhereOtherDigitsAreWritten() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat(AnalyticalQuestion.all()).hasSize(22);
        } finally {
            Locale.setDefault(before);
        }
    }
}
