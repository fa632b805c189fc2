package io.heliosjdbc.driver.engines;

import java.util.List;
import java.util.regex.Pattern;

/** H2, in memory. */
class H2EngineTest extends EngineContract {
    /** H2 numbers its objects in its traces, and says so. */
    private static final Pattern NUMBERED =
            Pattern.compile("\\b(conn|stat|prep|call|rs|dbMeta|rsMeta|pMeta|blob|clob|sqlxml|array|sp|id: )\\d+");

    @Override
    String location() {
        return "h2:mem:engines;DB_CLOSE_DELAY=-1";
    }

    @Override
    Dialect dialect() {
        return new Dialect(
                "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "VARBINARY(100)",
                "CLOB",
                "BLOB",
                List.of("DROP ALIAS twice"),
                List.of("CREATE ALIAS twice FOR 'java.lang.Math.addExact(int,int)'"),
                List.of("{? = call twice(?, 0)}", "{call twice(?, 1)}"),
                "SELECT sum(a.x * b.x) FROM system_range(1, 100000) a, system_range(1, 100000) b");
    }

    @Override
    String lasting(String label, String answer) {
        return NUMBERED.matcher(answer).replaceAll("$1");
    }
}
