package io.heliosjdbc.classifier.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleQuotesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://host:5432/mysql             | NAMES
            jdbc:postgresql:shop                          | NAMES
            jdbc:h2:mem:mariadb                           | NAMES
            jdbc:oracle:thin:@//host:1521/mysql           | NAMES
            PostgreSQL                                    | NAMES
            jdbc:mysql://host/postgresql                  | LITERALS
            jdbc:MariaDB://host/db                        | LITERALS
            jdbc:mysql:loadbalance://a,b/db               | LITERALS
            jdbc:mysql+srv://host/db                      | LITERALS
            jdbc:aws-wrapper:mysql://host/db              | LITERALS
            jdbc:tc:mariadb:11:///db                      | LITERALS
            jdbc:sqlserver://mysql;databaseName=mysql     | EITHER
            jdbc:sqlite:mysql.db                          | EITHER
            jdbc:unheard-of://host/db                     | EITHER
            ''                                            | EITHER
            """)
    void theUrlTells(String url, DoubleQuotes quotes) {
        assertThat(DoubleQuotes.of(url)).isEqualTo(quotes);
    }

    @Test
    void ofTwoKindsNobodyKnows() {
        assertThat(DoubleQuotes.NAMES.or(DoubleQuotes.NAMES)).isEqualTo(DoubleQuotes.NAMES);
        assertThat(DoubleQuotes.NAMES.or(DoubleQuotes.LITERALS)).isEqualTo(DoubleQuotes.EITHER);
    }
}
