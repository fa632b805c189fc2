package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "jdbc:postgresql://me:secret@host/db?ssl=true | jdbc:postgresql://me:***@host/db?ssl=true",
                "jdbc:h2:mem:x;PASSWORD=secret;MODE=MySQL | jdbc:h2:mem:x;PASSWORD=***;MODE=MySQL",
                "jdbc:sqlserver://h;password={a;secret};encrypt=true | jdbc:sqlserver://h;password=***;encrypt=true",
                "jdbc:sqlserver://h;password={a}};secret};encrypt=true | jdbc:sqlserver://h;password=***;encrypt=true",
                "jdbc:sqlserver://h;password={never; secret | jdbc:sqlserver://h;password=***",
                "jdbc:helios:oracle:thin:me/secret@//host:1521/s at | jdbc:helios:oracle:thin:me/***@//host:1521/s at",
                "jdbc:oracle:oci:me/secret@host | jdbc:oracle:oci:me/***@host",
                "jdbc:oracle:thin:\"m/e\"/\"se cret\"@host | jdbc:oracle:thin:\"m/e\"/***@host",
                "jdbc:oracle:thin:me/se@cret@host | jdbc:oracle:thin:me/***@host",
                "jdbc:oracle:thin:@//host:1521/service | jdbc:oracle:thin:@//host:1521/service",
                "jdbc:postgresql://me:se@cret@host/db | jdbc:postgresql://me:***@host/db",
                "jdbc:postgresql://me:se?cret@host/db | jdbc:postgresql://me:***@host/db",
                "jdbc:x://h;accessToken=secret;Token=secret&passcode=secret&apiKey=secret&api_key=secret | jdbc:x://h;accessToken=***;Token=***&passcode=***&apiKey=***&api_key=***",
                "jdbc:x://h/d?tokenizer=words&keyspace=k | jdbc:x://h/d?tokenizer=words&keyspace=k",
                "password = \"a b\" # as it is | password = *** # as it is",
                "password = \"a\\\" b\"; user = x | password = ***; user = x",
                "password='a b' user=x | password=*** user=x",
                "\"password\" = 'a b' | \"password\" = ***",
                "<Key passphrase=\"a b\"/> | <Key passphrase=***/>",
                "jdbc:x://h;password=\"never secret | jdbc:x://h;password=***",
                "jdbc:x://h;privateKeyPassphrase=s;accessKey=s;secretAccessKey=s;access_key_id=s | jdbc:x://h;privateKeyPassphrase=***;accessKey=***;secretAccessKey=***;access_key_id=***",
                "jdbc:x://h;credentials=s;credential=s;clientSecret=s;sessionToken=s | jdbc:x://h;credentials=***;credential=***;clientSecret=***;sessionToken=***",
                "no URL, a/b@c | no URL, a/b@c"
            })
    void passwordsAreTakenOutAndNothingElse(String text, String shown) {
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }

    @Test
    void whatGoesOverSeveralLinesIsTakenOutWhole() {
        for (String marks : new String[] {"\"\"\"", "'''"}) {
            assertThat(Redaction.of("a = 1\npassword = " + marks + "\none\ntwo" + marks + "\nb = 2"))
                    .isEqualTo("a = 1\npassword = ***\nb = 2");
        }
    }
}
