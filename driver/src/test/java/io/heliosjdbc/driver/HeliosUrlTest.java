package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
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
        "sqlserver://h;userName=u;password=p;a=b, sqlserver://h;a=b",
        "'teradata://h/DATABASE=d,USER=u,PASSWORD=''p,q''', 'teradata://h/DATABASE=d'",
        "mysql://u:p@h:3306/d?a=b, mysql://h:3306/d?a=b",
        "mysql://u@h/d?password=p, mysql://h/d",
        "'mysql://h1:3306,u:p@h2,v:q@[::1]:3306/d@x', 'mysql://h1:3306,h2,[::1]:3306/d@x'",
        "'mysql:loadbalance://u:p@[h1:1,h2]/d', 'mysql:loadbalance://[h1:1,h2]/d'",
        "'mysql://u:p@[[::1]:1,h2],v@h3/d', 'mysql://[[::1]:1,h2],h3/d'",
        "'mysql://(user=u,password=p(q),port=1),(host=h)/d', 'mysql://(port=1),(host=h)/d'",
        "'mysql://(host=h,port=1,User=u,password=p)/d?a=b', 'mysql://(host=h,port=1)/d?a=b'",
        "'mysql://(user=u,password=p;),(password=p),(host=h,password1=p)/d', 'mysql://,,(host=h,password1=p)/d'",
        "'mysql://address=(host=h)(user=u)(password=p,q)(port=1),ADDRESS=(user=u)(host=i)/d',"
                + " 'mysql://address=(host=h)(port=1),ADDRESS=(host=i)/d'",
        "oracle:thin:u/p@//h:1521/s, oracle:thin:@//h:1521/s",
        "'oracle:thin:u/\"p@?;\"@h:1521:s', 'oracle:thin:@h:1521:s'",
        "oracle:thin:u/p@tcps://h/s?a=b@c, oracle:thin:@tcps://h/s?a=b@c",
    })
    void credentialsAreTakenOutWhereOthersAreToWin(String given, String vendors) {
        ConnectRequest request = ConnectRequest.of("jdbc:helios:" + given, null);

        assertThat(request.user()).isEqualTo("u");
        assertThat(request.withoutUrlCredentials().user()).isNull();
        HeliosUrl url = request.withoutUrlCredentials().url();
        assertThat(url.vendorUrl()).isEqualTo("jdbc:" + vendors);
        assertThat(url.vendorParameters()).doesNotContainKeys("user", "username", "password");
    }

    /** So that two pools on one database share a workload manager whoever they log in as, and no log and no meter tells a password. */
    @ParameterizedTest
    @CsvSource({
        "postgresql://host:5432/shop, postgresql://host:5432/shop",
        "postgresql://anna:secret@host/shop, postgresql://host/shop",
        "'ch://anna:sec,ret;@host/shop', ch://host/shop",
        "mysql://anna:sec@ret@host/sh@p?a=secret, mysql://host/sh@p",
        "mysql://anna:sec/ret@host/shop, mysql://host/shop",
        "mysql://anna:sec;ret@host/shop?helios.dry_run=true, mysql://host/shop",
        "'mysql://anna:secret@host,host2/shop', 'mysql://host,host2/shop'",
        "'mysql://(host=h,port=1,user=anna,password=sec)ret)/shop', 'mysql://(host=h,port=1)/shop'",
        "'mysql://(password=secret,password1=secret,trustCertificateKeyStorePassword=secret,host=h)/shop', 'mysql://(host=h)/shop'",
        "'mysql:replication://address=(user=anna)(host=h)(PASSWORD=se,cret)(password2=secret),i/shop',"
                + " 'mysql:replication://address=(host=h),i/shop'",
        "'mysql://[(host=h,user=anna),(host=i, password = secret , port=2)]/shop', 'mysql://[(host=h),(host=i, port=2)]/shop'",
        "'mysql://anna:secret@(host=h)/shop', 'mysql://(host=h)/shop'",
        "oracle:thin:anna/secret@host:1521/shop, oracle:thin:@host:1521/shop",
        "oracle:thin:@host:1521/shop, oracle:thin:@host:1521/shop",
        "oracle:thin:anna/sec@ret@//host:1521/shop, oracle:thin:@//host:1521/shop",
        "oracle:thin:/@tns, oracle:thin:@tns",
        "oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=h)(PORT=1))), oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=h)(PORT=1)))",
        "wrapper:oracle:thin:anna/secret@host, wrapper:oracle:thin:@host",
        "sqlserver://host\\one:1;password={a@b}, sqlserver://host\\one:1",
        "redshift:iam://cluster:region/shop;UID=a@b, redshift:iam://cluster:region/shop",
        "bigquery://https://host:443;Account=a@b, bigquery://https://host:443",
        "h2:tcp://host/~/a@b, h2:tcp://host/~/a@b",
        "h2:dir/a@b, h2:dir/a@b",
        "phoenix:thin:url=http://h;x=a@b, phoenix:thin:url=http://h",
        "h2:mem:shop, h2:mem:shop",
    })
    void aDatabaseIsNamedWithoutCredentials(String given, String database) {
        assertThat(HeliosUrl.parse("jdbc:helios:" + given).database()).isEqualTo("jdbc:" + database);
    }

    /** As their drivers have it: MySQL's lets the host's user win, Oracle's the property. */
    @ParameterizedTest
    @CsvSource({
        "mysql://app:p@h/d, app",
        "mysql://a%40b:p@h/d, a@b",
        "'mysql://h1,app:p@h2/d?user=other', app",
        "'mysql://(host=h,user=a%70p)/d', app",
        "mysql://:p@h/d, given",
        "mysql://h/d?user=other, given",
        "oracle:thin:scott/tiger@h, given",
        "sqlserver://h;userName=u, given",
    })
    void aUserBeforeAHostWinsOverProperties(String url, String user) {
        Properties properties = new Properties();
        properties.setProperty("user", "given");
        ConnectRequest request = ConnectRequest.of("jdbc:helios:" + url, properties);

        assertThat(request.user()).isEqualTo(user);
        assertThat(request.withoutUrlCredentials().user()).isEqualTo("given");
    }

    /** Informix needs no database, and a parameter's value may look like the end of credentials. */
    @Test
    void anAtSignInAParameterIsNoHosts() {
        HeliosUrl url = HeliosUrl.parse("jdbc:helios:informix-sqli://host:1533:password=p@w;user=u;INFORMIXSERVER=s");

        assertThat(url.database()).isEqualTo("jdbc:informix-sqli://host:1533");
        assertThat(url.vendorParameters()).containsEntry("password", "p@w").containsEntry("user", "u");
        assertThat(url.withoutCredentials().vendorUrl()).doesNotContain("p@w");
    }
}
