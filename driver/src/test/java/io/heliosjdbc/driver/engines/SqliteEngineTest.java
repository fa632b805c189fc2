package io.heliosjdbc.driver.engines;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** SQLite, in a file. */
class SqliteEngineTest extends EngineContract {
    private static final Pattern METADATA = Pattern.compile("get(Parameter)?MetaData|^before execution$|^parameters$");

    @TempDir
    Path directory;

    /** It knows fewer types, closes a statement that has failed, and answers nothing more then. */
    @Override
    int answersAtLeast() {
        return 4_000;
    }

    @Override
    String location() {
        return "sqlite:" + directory.resolve("engines.db");
    }

    /** Its result sets and statements are their own metadata, which Helios hands out as the vendor's. */
    @Override
    String lasting(String label, String answer) {
        if (!METADATA.matcher(label).find()) {
            return answer;
        }
        return answer.replace("raw class org.sqlite.jdbc4.JDBC4ResultSet", "ResultSet")
                .replace("raw class org.sqlite.jdbc4.JDBC4PreparedStatement", "Statement");
    }

    @Override
    Dialect dialect() {
        return new Dialect(
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "BLOB",
                "CLOB",
                "BLOB",
                List.of(),
                List.of(),
                List.of("{? = call abs(?)}"),
                "WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 12000000)"
                        + " SELECT count(*) FROM up");
    }
}
