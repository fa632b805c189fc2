package io.heliosjdbc.tpcc.measure;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What was offered, one row each, as a CSV file after RFC 4180: a line of names, then numbers and fixed words. Rows are kept in memory
 * until all is over, about 60 bytes each, so that nobody writes to a disk while something is measured. Stateless.
 */
public final class RawData {
    private static final String HEADER = "part,stream,kind,due_s,queue_ms,service_ms,outcome";
    private static final String REFUSED_BY_HELIOS = "53H";

    /** How it ended. */
    public enum Outcome {
        /** Answered within the measurement. */
        DONE,
        /** Rolled back within the measurement because its user wanted that, as TPC-C has it for one new order in a hundred. */
        ABORTED,
        /** Helios let it not begin: SQLState 53H01 to 53H04. */
        REFUSED,
        /** Ended with another error. */
        FAILED,
        /** Had no answer when the measurement ended. */
        DROPPED;

        /** As the file has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What an error means: refused or failed. */
        public static Outcome of(SQLException error) {
            String state = error.getSQLState();
            return state != null && state.startsWith(REFUSED_BY_HELIOS) ? REFUSED : FAILED;
        }
    }

    /**
     * One transaction or question. Instants are nanoseconds since the measurement began; where the due one is negative, it became due
     * in the warm-up and ended after it.
     *
     * @param kind a transaction's type, such as {@code NewOrder}, or a question's number, such as {@code Q1}
     * @param due when it should have begun
     * @param start when somebody with a connection began it, {@code due} or later, and later by what it waited in Helios's queue; {@code end}
     *     where nobody did
     * @param end when its answer was there or it was given up, {@code start} or later
     */
    public record Row(String kind, long due, long start, long end, Outcome outcome) {
        public Row {
            start = Math.max(start, due);
            end = Math.max(end, start);
        }
    }

    /**
     * The rows of one stream in one part.
     *
     * @param part one of {@code alone}, {@code straight}, {@code twoPools}, {@code helios}, {@code heliosLate}
     * @param stream its name
     */
    public record Block(String part, String stream, List<Row> rows) {
        public Block {
            rows = rows.stream()
                    .sorted(Comparator.comparingLong(Row::due).thenComparingLong(Row::end))
                    .toList();
        }
    }

    private RawData() {}

    /** Writes blocks in their order, the rows of each in the order in which they became due. */
    public static void write(Path file, List<Block> blocks) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (Block block : blocks) {
                String begin = block.part() + "," + field(block.stream()) + ",";
                for (Row row : block.rows()) {
                    out.write(begin + line(row) + "\n");
                }
            }
        }
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "%s,%.6f,%.3f,%.3f,%s",
                row.kind(),
                row.due() / 1e9,
                (row.start() - row.due()) / 1e6,
                (row.end() - row.start()) / 1e6,
                row.outcome().word());
    }

    /** A stream has the name that its scenario gives it; whatever that is, it stays one field. */
    private static String field(String name) {
        return name.matches("[^,\"\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
