package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFunctionsTest {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());

    /** They are read as MariaDB's own, and MySQL has none of these names. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT NVL(a, 1) FROM t", "SELECT to_char(d) FROM t", "UPDATE t SET a = sys_guid()"})
    void whatOnlyMariaDbHasMayBeSomebodysOwnInMySql(String sql) {
        SessionUse use = CLASSIFIER.profile(sql).sessionUse(Dialect.MARIADB);
        assertThat(use.pins()).isNull();
        assertThat(new KnownFunctions("MySQL").hasOwn(use.functions())).isTrue();
        assertThat(new KnownFunctions("MariaDB").hasOwn(use.functions())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT IFNULL(a, 1) FROM t", "SELECT CONCAT(a, b) FROM t", "INSERT INTO value (a) VALUES (1)"})
    void whatBothHaveIsTheDatabases(String sql) {
        SessionUse use = CLASSIFIER.profile(sql).sessionUse(Dialect.MARIADB);
        assertThat(new KnownFunctions("MySQL").hasOwn(use.functions())).isFalse();
    }
}
