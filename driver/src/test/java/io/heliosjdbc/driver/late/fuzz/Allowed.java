package io.heliosjdbc.driver.late.fuzz;

import com.google.errorprone.annotations.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences that are documented (docs/late-binding.md, "What is different"), each with its reason. Nothing else may differ. */
enum Allowed {
    /** The session may be another one by now, and would answer with another tenant's key. */
    THE_LAST_KEY_OF_AN_EARLIER_TRANSACTION(
            true,
            (step, direct, late) -> late.stream()
                    .anyMatch(answer -> answer.contains("With connections = \"late\" the session may be"))),
    /** Nor does it know of one, where an earlier transaction's change has made it and this one's has not. */
    THE_LAST_KEY_OF_A_CHANGE_THAT_MADE_NONE(
            true,
            (step, direct, late) -> step.words().matches(".*(last_insert_id\\(|lastval\\(|currval\\().*")
                    && late.stream()
                            .anyMatch(answer -> answer.equals("BigInteger 0")
                                    || answer.equals("null")
                                    || answer.contains("is not yet defined in this session"))),
    /** MariaDB's server counts none once anything was prepared, such as a statement that is asked what it has to say of no execution. */
    NO_ROWS_OF_A_CHANGE_BEFORE_A_FAILURE(
            false,
            (step, direct, late) ->
                    step.words().contains("row_count()") && late.get(0).equals("Long 0")),
    /** To ask the connection something does not make it hold a physical one until the next commit. */
    QUESTIONS_OPEN_NO_TRANSACTION(
            true,
            (step, direct, late) -> step.words().equals("getCatalog()")
                    ? Words.isError(direct.get(0))
                    : direct.stream()
                            .anyMatch(answer -> answer.contains("in the middle of a transaction")
                                    || answer.contains("must be called before any query"))),
    /** Likewise a rollback does not undo what client info was set after nothing but such a question. */
    CLIENT_INFO_AFTER_A_QUESTION_STAYS(
            true,
            (step, direct, late) -> step.words().contains("current_setting('application_name')")
                    && withoutApplication(direct).equals(withoutApplication(late))),
    /** Parameters are given to the vendor's statement when it is executed: a stream can be given only once. */
    METADATA_DO_NOT_KNOW_THE_PARAMETERS(
            false,
            (step, direct, late) -> step.words().matches("p\\d\\.getMetaData.*")
                    && late.stream().noneMatch(Words::isError)),
    /** H2 has one timeout for all statements of a connection. */
    A_QUERY_TIMEOUT_IS_ITS_STATEMENTS(
            false, (step, direct, late) -> step.words().contains("SETTING_NAME = 'QUERY_TIMEOUT'")),
    /**
     * Another transaction may have one of the same name; PostgreSQL's fails where it has none. MariaDB's driver does not commit where nothing was
     * changed.
     */
    A_SAVEPOINT_ENDS_WITH_ITS_TRANSACTION(
            true,
            (step, direct, late) -> late.stream()
                    .anyMatch(answer -> answer.contains("The savepoint's transaction has ended")
                            || (answer.matches(".* SAVEPOINT \\S+ does not exist") && !direct.contains(answer)))),
    /** MariaDB's driver tells those of the connection's last statement, which may be another connection's by then. */
    WARNINGS_OF_ROWS_THAT_ARE_CLOSED(
            false,
            (step, direct, late) -> step.words().matches("r\\d\\.getWarnings\\(\\)")
                    && direct.size() == 1
                    && direct.get(0).matches("(?s)java.sql.SQLWarning null/[1-9].*")
                    && late.equals(List.of("null"))),
    /** MariaDB's driver asks for the warnings that it counted before the statement that failed. */
    A_FAILURE_IS_NO_WARNING(false, (step, direct, late) -> {
        // A batch is asked for its count first, and for its warnings then.
        int asked = step.words().matches("s\\d: batch of .*") ? 2 : 0;
        return (asked == 2 || step.words().contains("getWarnings()"))
                && direct.size() == late.size()
                && late.size() > asked
                && late.get(asked).equals("null")
                && direct.get(asked).matches("(?s)java.sql.SQLWarning null/[1-9].*")
                && direct.subList(0, asked).equals(late.subList(0, asked))
                && direct.subList(asked + 1, direct.size()).equals(late.subList(asked + 1, late.size()));
    }),
    /** There is nobody to ask when a statement is prepared; asking would cost a round trip and a connection each time. */
    MISTAKES_ARE_FOUND_WHEN_IT_IS_EXECUTED(
            true,
            (step, direct, late) -> step.words().matches("p\\d( = prepareStatement|\\.set|\\.addBatch).*")
                    && direct.stream().anyMatch(Words::isError)
                    && (late.stream().noneMatch(Words::isError) || late.contains(direct.get(direct.size() - 1)))),
    /** Likewise, where H2 looks names up when a statement is prepared, and anew whenever anybody has changed a table. */
    NAMES_ARE_LOOKED_UP_WHEN_IT_IS_EXECUTED(
            true,
            (step, direct, late) ->
                    step.words().matches("(r\\d = )?p\\d\\..*") && isNotFound(direct) != isNotFound(late)),
    /** No session of H2 can be brought to a schema that is gone, not even to do what needs none. */
    A_PLACE_THAT_IS_GONE(
            true,
            (step, direct, late) -> step.words().contains(ElsewhereCalls.GONE)
                    && !late.isEmpty()
                    && late.get(late.size() - 1).matches(".* 90079/90079: Schema \\S+ not found .90079-\\d+.")),
    /** A cancel that comes while the statement waits for its connection never reaches the vendor. */
    CANCELLED_WHILE_IT_WAITED(
            false,
            (step, direct, late) -> direct.stream().anyMatch(Words::isError)
                    && late.stream()
                            .anyMatch(answer -> answer.contains("The statement was cancelled before it was executed"))),
    /** MariaDB's server warns of a cancel once for each row at which it has found it. */
    WHERE_A_CANCEL_WAS_FOUND(
            false,
            (step, direct, late) ->
                    step.words().contains("\"SHOW WARNINGS\"") && tellsCancelsOnly(direct) && tellsCancelsOnly(late)),
    /** PostgreSQL cannot be made to forget the name of a setting. */
    A_SETTING_THAT_ANOTHER_HAS_MADE_IS_EMPTY(
            false, (step, direct, late) -> emptied(direct).equals(late)),
    /** Likewise of one that was set for one transaction: the next one's session may be another. */
    A_SETTING_THAT_WAS_LOCAL_IS_MISSING(
            false,
            (step, direct, late) -> step.words().matches(".*(current_setting\\(|p\\d\\.execute|r\\d\\.).*")
                    && emptied(late).equals(direct)),
    /** A rollback of nothing reaches no server, which has MariaDB's driver forget that there were some. */
    WARNINGS_OUTLAST_A_ROLLBACK_OF_NOTHING(
            false,
            (step, direct, late) -> step.words().equals("getWarnings()")
                    && direct.equals(List.of("null"))
                    && late.size() == 1
                    && late.get(0).matches("(?s)java.sql.SQLWarning null/1\\d{3}: .*")),
    /** It was told to close on completion when its rows had been read to their end: they were closed by then. */
    A_STATEMENT_WHOSE_ROWS_HAD_ENDED_STAYS_OPEN(
            true,
            (step, direct, late) -> step.words().matches("(r\\d = )?[sp]\\d[.:].*")
                    && direct.get(0).contains("Cannot do an operation on a closed statement")),
    /** MariaDB's driver tells how many rows a batch has changed once its keys were read. */
    A_BATCH_HAS_NO_COUNT(
            false,
            (step, direct, late) -> step.words().matches("[sp]\\d\\.get(Large)?UpdateCount\\(\\)")
                    && direct.get(0).matches("(Integer|Long) \\d+")
                    && late.get(0).matches("(Integer|Long) -1")),
    /** PostgreSQL's server looks for it among what it remembers, until it hears that others have made it anew. */
    A_SCHEMA_THAT_IS_MADE_ANEW(
            false,
            (step, direct, late) -> step.words().equals("getSchema()")
                    && (direct.equals(List.of("null")) || late.equals(List.of("null")))),
    /** PostgreSQL's driver takes them for keys where those of the statement's last change were asked for, and it failed. */
    ROWS_OF_WHAT_CHANGES_ARE_ROWS(
            true,
            (step, direct, late) -> step.words().matches("(r\\d = )?s\\d\\.execute(Query)?\\(.* RETURNING .*")
                    && direct.get(0).matches("count \\d+|.*No results were returned by the query.*")
                    && late.get(0).contains(" | ")),
    /** Whether a driver fails before or after it forgets what was before, nobody tells. */
    WHAT_WAS_BEFORE_A_FAILURE(
            true,
            (step, direct, late) -> step.words().matches("s\\d(\\.execute\\(.*, \\{\\d\\}\\), k0 = keys|: batch of ).*")
                    && direct.get(0)
                            .matches(".*(by column index is not supported|cannot be cast to class \\S+OkPacket ).*")
                    && direct.get(0).equals(late.get(0))
                    && late.get(1).equals("Integer -1")
                    && (direct.subList(2, direct.size()).equals(late.subList(2, late.size()))
                            || (late.size() == 2
                                    && direct.size() == 3
                                    && direct.get(2).contains("This ResultSet is closed")))),
    /** Of PostgreSQL a result set that was read to its end is told still when the next execution has failed. */
    WHAT_HAD_ENDED_BEFORE_A_FAILURE(
            false,
            (step, direct, late) -> step.words().matches("r\\d = [sp]\\d\\.getResultSet\\(\\)")
                    && direct.equals(List.of(CursorCalls.AGAIN))
                    && late.equals(List.of("no rows"))),
    /** Their session is another one's once they were read or closed; of MariaDB a batch has some that were not asked for. */
    KEYS_ARE_TOLD_ONCE(
            false,
            (step, direct, late) -> step.words().matches("k\\d = [sp]\\d\\.getGeneratedKeys.*")
                    && late.isEmpty()
                    && direct.stream()
                            .allMatch(answer -> answer.matches("BigInteger \\d+")
                                    || answer.matches(".*(object is already closed|ResultSet is closed).*"))),
    /** As JDBC has it; MariaDB's driver leaves it open. */
    THE_NEXT_EXECUTION_CLOSES_WHAT_HAS_ENDED(
            false,
            (step, direct, late) -> step.words().endsWith(JdbcCalls.STAYS_OPEN)
                    ? (direct.isEmpty() && late.size() == 1 && late.get(0).startsWith("Long "))
                            || (direct.equals(List.of("Boolean false")) && late.equals(List.of("Boolean true")))
                    : step.words().matches("r\\d\\.(next|getWarnings|getStatement).*")
                            && List.of("String end", "Boolean false", "Boolean true", "null")
                                    .containsAll(direct)
                            && late.stream()
                                    .allMatch(answer -> answer.contains("Operation not permit on a closed resultSet"))),
    /** Nobody asks for it, nor whether its session is there yet. */
    THE_END_OF_WHAT_WAS_READ_TO_ITS_END(
            false,
            (step, direct, late) -> step.words().endsWith("its session is ended on the server, r0")
                    && late.equals(List.of("Boolean false", "as it must"))
                    && direct.size() == 2
                    && direct.get(0).contains("Database is already closed")
                    && direct.get(1).equals("as it must")),
    /** MariaDB's driver asks the connection that it was read from, which may have been lost since. */
    THE_WARNINGS_OF_WHAT_WAS_READ_TO_ITS_END(
            false,
            (step, direct, late) -> step.words().matches("r\\d\\.getWarnings\\(\\)")
                    && direct.equals(List.of("null"))
                    && late.size() == 1
                    && late.get(0).matches(".* 08000/1220: .*Connection is closed")),
    /** Where they reach for their session, that is another one's by then. */
    A_LARGE_OBJECT_ENDS_WITH_ITS_TRANSACTION(
            true,
            (step, direct, late) -> late.stream().anyMatch(answer -> answer.contains("a large object, an array or a"))),
    /** A stream can be given to a driver once, and who it is given to is not who had it before. */
    A_STREAM_IS_READ_WHEN_IT_IS_EXECUTED(
            true,
            (step, direct, late) ->
                    late.stream().anyMatch(answer -> answer.contains("a stream is read when it is executed"))),
    /** PostgreSQL's driver looks each time whether a statement has completed; the one of that result set is gone. */
    CLOSING_AGAIN_COMPLETES_NOTHING(
            true,
            (step, direct, late) -> (step.words().matches("r\\d\\.close\\(\\)")
                            && direct.equals(List.of("Long 1"))
                            && late.equals(List.of("Long 0")))
                    || (step.words().matches("[sp]\\d\\.(add|execute).*")
                            && !direct.isEmpty()
                            && direct.get(0).contains("PSQLException 55000/0: This statement has been closed")
                            && late.stream().noneMatch(Words::isError))),
    /** MariaDB's driver refuses to tell keys that were not asked for, as long as it has the statement that made them. */
    KEYS_THAT_WERE_NOT_ASKED_FOR_ARE_NONE(
            false,
            (step, direct, late) -> step.words().matches("k\\d = s\\d\\.getGeneratedKeys.*")
                    && late.isEmpty()
                    && direct.get(0).contains("query was not set with Statement.RETURN_GENERATED_KEYS")),
    /** Another statement of MariaDB's driver is asked for them, which has not been told that they are wanted. */
    KEYS_OF_WHAT_HAS_FAILED(
            false,
            (step, direct, late) -> step.words().contains("keys")
                    && !direct.isEmpty()
                    && Words.isError(direct.get(direct.size() - 1))
                    && late.size() == direct.size() + 1
                    && direct.equals(late.subList(0, direct.size()))
                    && late.get(direct.size()).contains("query was not set with Statement.RETURN_GENERATED_KEYS")),
    /** To keep them would cost a round trip for each result set. */
    WHAT_WAS_READ_TO_ITS_END(false, (step, direct, late) -> {
        // MariaDB's driver tells rows that it has of a result set that is closed.
        return step.words().matches("r\\d\\.(?!next|close|isClosed|getWarnings|getStatement).*")
                ? late.stream().allMatch(answer -> Words.isError(answer) && answer.contains("closed"))
                : step.words().matches("r\\d\\.next\\(\\), row")
                        && late.size() == 1
                        && late.get(0).endsWith("The result set of these metadata has been closed");
    });

    /** Whether a difference between two answers to one step is such a one. */
    @Immutable
    private interface Cover {
        boolean test(Step step, List<String> direct, List<String> late);
    }

    private final boolean ends;
    private final Cover cover;

    /**
     * A difference.
     *
     * @param ends whether the sessions may be different ones from then on, so that nothing more is compared
     */
    Allowed(boolean ends, Cover cover) {
        this.ends = ends;
        this.cover = cover;
    }

    boolean ends() {
        return ends;
    }

    /** The reason why a step may be answered otherwise; null where it may not. */
    static @Nullable Allowed why(Step step, List<String> direct, List<String> late) {
        for (Allowed each : values()) {
            if (each.cover.test(step, direct, late)) {
                return each;
            }
        }
        return null;
    }

    private static List<String> withoutApplication(List<String> answers) {
        return answers.stream()
                .map(answer -> answer.replaceFirst("String (PostgreSQL JDBC Driver|[a-z]+-\\d+)", "its name"))
                .toList();
    }

    /** Answers with the empty setting in the place of the missing one. */
    private static List<String> emptied(List<String> answers) {
        return answers.stream()
                .map(answer -> answer.equals("null") || answer.equals("String null")
                        ? answer.replace("null", "String ")
                        : answer)
                .toList();
    }

    private static boolean isNotFound(List<String> answers) {
        return answers.stream()
                .anyMatch(answer -> answer.matches("org\\.h2\\.\\S+ 42S0[234]/4210[234]: (?s).* not found.*"));
    }

    private static boolean tellsCancelsOnly(List<String> answers) {
        return answers.stream().allMatch(answer -> answer.contains("| Long 1317 |") || answer.equals("count -1"));
    }
}
