package io.heliosjdbc.driver.engines;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What a connection answered to a series of questions, line by line, so that two connections can be compared. One thread's. */
final class Transcript {
    /** Something that is asked of a JDBC object. */
    @FunctionalInterface
    interface Question<T> {
        @Nullable
        T ask() throws Exception;
    }

    /** Something that is told a JDBC object, which has nothing to answer but an error. */
    @FunctionalInterface
    interface Request {
        void make() throws Exception;
    }

    private final Description description;
    private final BinaryOperator<String> lasting;
    private final List<String> lines = new ArrayList<>();
    private int errors;

    /**
     * An empty transcript.
     *
     * @param lasting takes out of an answer, given after its label, what differs from one run to the next
     */
    Transcript(Description description, BinaryOperator<String> lasting) {
        this.description = description;
        this.lasting = lasting;
    }

    /** Writes the answer down, a value or an error; the value is handed back, null after an error. */
    <T> @Nullable T ask(String label, Question<T> question) {
        try {
            T value = question.ask();
            write(label, description.of(value));
            return value;
        } catch (Throwable e) {
            error(label, e);
            return null;
        }
    }

    /** Writes down how a request ended. */
    void tell(String label, Request request) {
        ask(label, () -> {
            request.make();
            return "done";
        });
    }

    /** Writes down every row of a result set, with its columns, and closes it. */
    void rows(String label, Question<ResultSet> question) {
        try (ResultSet rows = question.ask()) {
            write(label, description.of(rows));
            if (rows != null) {
                for (String row : description.rows(rows)) {
                    write(label, row);
                }
            }
        } catch (Throwable e) {
            error(label, e);
        }
    }

    /** Likewise, where the result set is the vendor's own through Helios too, because it comes out of a vendor's object. */
    void foreignRows(String label, Question<ResultSet> question) {
        try (ResultSet rows = question.ask()) {
            write(label, rows == null ? "null" : "rows");
            if (rows != null) {
                for (String row : description.rows(rows)) {
                    write(label, row);
                }
            }
        } catch (Throwable e) {
            error(label, e);
        }
    }

    /** Writes down an answer that another thread has got. */
    void write(String label, String answer) {
        lines.add(label + " -> " + lasting.apply(label, answer));
    }

    private void error(String label, Throwable e) {
        errors++;
        write(label, Description.ofError(e));
    }

    List<String> lines() {
        return lines;
    }

    /** How many of the answers are errors. */
    int errors() {
        return errors;
    }
}
