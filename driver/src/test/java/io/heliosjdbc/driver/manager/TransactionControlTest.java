package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.driver.WholeHouse;
import io.heliosjdbc.driver.manager.TransactionControl.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WholeHouse
class TransactionControlTest {
    private static final String TEXTS = """
            SELECT 1 | true | NONE
            SELECT 1; | true | NONE
            BEGIN | false | OPENS
            start transaction read only; | false | OPENS
            COMMIT | false | COMMITS
            ROLLBACK | false | ROLLS_BACK
            ROLLBACK TO SAVEPOINT a | false | NONE
            SAVEPOINT a | false | NONE
            SET x = 1 | false | NONE
            BEGIN; UPDATE t SET a = 1 | true | OPENS
            BEGIN; UPDATE t SET a = 1; COMMIT | true | COMMITS
            update t set a = 1; rollback | true | ROLLS_BACK
            UPDATE t SET a = 1; ROLLBACK TO a | true | NONE
            UPDATE t SET a = 1; ROLLBACK WORK TO SAVEPOINT a; SELECT 1 | true | NONE
            COMMIT; BEGIN | false | OPENS
            BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL x = 1 | false | OPENS
            COMMIT PREPARED 'a'; SELECT 1 | true | NONE
            BEGIN do_it(1); END; | true | NONE
            CREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (1); END; | true | NONE
            DO $$ BEGIN COMMIT; END $$; SELECT 1 | true | NONE
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = TEXTS)
    void aTextDoesToTheTransactionWhatItsLastControlSays(String sql, boolean work, Effect effect) {
        check(sql, work, effect);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = TEXTS)
    void keywordsDoNotDependOnTheLocale(String sql, boolean work, Effect effect) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            check(sql.toLowerCase(Locale.ROOT), work, effect);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void check(String sql, boolean work, Effect effect) {
        Classifier classifier = new Classifier(
                new ClassifierSettings(Set.of("fast_lane"), List.of(), "fast_lane", null), Agreements.builtIn());

        assertThat(TransactionControl.of(classifier.profile(sql))).isEqualTo(new TransactionControl(work, effect));
    }
}
