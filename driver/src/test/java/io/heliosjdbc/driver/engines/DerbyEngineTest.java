package io.heliosjdbc.driver.engines;

import java.util.List;
import java.util.regex.Pattern;

/** Derby, in memory. */
class DerbyEngineTest extends EngineContract {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    /** Constraints that nobody has named, and connections. */
    private static final Pattern NUMBERED =
            Pattern.compile("(SQL|XID = |SESSIONID\\) = |SESSIONID = )\\d+(-[0-9a-f-]+)?");

    @Override
    String lasting(String label, String answer) {
        return NUMBERED.matcher(answer).replaceAll("$1");
    }

    @Override
    String location() {
        return "derby:memory:engines;create=true";
    }

    @Override
    Dialect dialect() {
        return new Dialect(
                "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "VARCHAR(100) FOR BIT DATA",
                "CLOB",
                "BLOB",
                List.of("DROP FUNCTION twice"),
                List.of("CREATE FUNCTION twice(n INTEGER, m INTEGER) RETURNS INTEGER LANGUAGE JAVA PARAMETER STYLE JAVA"
                        + " EXTERNAL NAME 'java.lang.Math.addExact'"),
                List.of(
                        "{? = call twice(?, 0)}",
                        "{call twice(?, 0)}",
                        "CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(?)"),
                "SELECT count(*) FROM numbers a, numbers b, numbers c, numbers d, numbers e, numbers f WHERE a.n < e.n");
    }
}
