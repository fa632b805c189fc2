package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our parameters are found in each vendor's syntax, and the vendor gets everything else as it was. */
class HeliosUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "postgresql://h/d                            | postgresql://h/d             | postgresql://h/d  | {}",
                "postgresql://h/d?helios.x=1                 | postgresql://h/d             | postgresql://h/d  | {x=1}",
                "postgresql://h/d?a=b&helios.x=%31%20&c=%20d | postgresql://h/d?a=b&c=%20d  | postgresql://h/d  | {x=1 }",
                "postgresql://h/d?a;b=c&helios.x=1;2         | postgresql://h/d?a;b=c       | postgresql://h/d  | {x=1;2}",
                "h2:mem:d;A=b;helios.x=1;C=d                 | h2:mem:d;A=b;C=d             | h2:mem:d          | {x=1}",
                "h2:mem:d;INIT=a\\;helios.x=1\\;b;helios.y=2 | h2:mem:d;INIT=a\\;helios.x=1\\;b | h2:mem:d      | {y=2}",
                "h2:mem:d;PASSWORD={a;helios.x=1             | h2:mem:d;PASSWORD={a         | h2:mem:d          | {x=1}",
                "sqlserver://h:1;password={a;b};helios.x=1   | sqlserver://h:1;password={a;b} | sqlserver://h:1 | {x=1}",
                "sqlserver://h;password={a}};helios.x=1};y=z; | sqlserver://h;password={a}};helios.x=1};y=z; | sqlserver://h | {}",
                "sqlserver://h;helios.x=2;password={?};y=z;  | sqlserver://h;password={?};y=z; | sqlserver://h  | {x=2}",
                "sqlserver://;servername=h;helios.x={a;}}b}; | sqlserver://;servername=h;   | sqlserver://      | {x=a;}b}",
                "db2://h:50000/D                             | db2://h:50000/D              | db2://h:50000/D   | {}",
                "db2://h:50000/D:helios.x=1;                 | db2://h:50000/D              | db2://h:50000/D   | {x=1}",
                "db2://h:50000/D:helios.x=1;user=u;          | db2://h:50000/D:user=u;      | db2://h:50000/D   | {x=1}",
                "db2://[::1]:50000/D:user=u;helios.x=1;pw=p; | db2://[::1]:50000/D:user=u;pw=p; | db2://[::1]:50000/D | {x=1}",
                "db2:D:user=u;helios.x=1;                    | db2:D:user=u;                | db2:D             | {x=1}",
                "informix-sqli://h:9/d:INFORMIXSERVER=s;helios.x=1 | informix-sqli://h:9/d:INFORMIXSERVER=s | informix-sqli://h:9/d | {x=1}",
            })
    void ourParametersAreTakenOutAndNothingElseIsTouched(
            String given, String vendors, String database, String settings) {
        HeliosUrl url = HeliosUrl.parse("jdbc:helios:" + given);

        assertThat(url.vendorUrl()).isEqualTo("jdbc:" + vendors);
        assertThat(url.database()).isEqualTo("jdbc:" + database);
        assertThat(url.settings()).hasToString(settings);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://h/d?user=u&a=b&password=p, postgresql://h/d?a=b",
        "h2:mem:d;USER=u;PASSWORD=p, h2:mem:d",
        "sqlserver://h;user=u;password={a;user=b};databaseName=d, sqlserver://h;databaseName=d",
        "db2://h:50000/D:user=u;password=p;retries=1;, db2://h:50000/D:retries=1;",
    })
    void credentialsAreTakenOutWhereOthersAreToWin(String given, String vendors) {
        HeliosUrl url = HeliosUrl.parse("jdbc:helios:" + given);

        assertThat(url.vendorParameters()).containsEntry("user", "u");
        assertThat(url.withoutCredentials().vendorUrl()).isEqualTo("jdbc:" + vendors);
        assertThat(url.withoutCredentials().vendorParameters()).doesNotContainKeys("user", "password");
    }
}
