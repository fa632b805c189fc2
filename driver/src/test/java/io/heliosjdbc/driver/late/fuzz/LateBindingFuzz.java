package io.heliosjdbc.driver.late.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random programs of JDBC calls and texts, of several clients of several tenants, one step after the other: answered the same by
 * connections that are one to one and by connections that are bound late, and nobody ever sees what is another tenant's. The engines are
 * the subclasses.
 *
 * <p>The same {@value #IN_EVERY_BUILD} programs in every build. With {@code -Dhelios.fuzz=PT1H} as many as there is time for, with
 * {@code -Dhelios.fuzz=40000} so many, all with fresh seeds. A program that fails is made as short as it goes and printed with its seed,
 * which {@code -Dhelios.fuzz.seed} runs again. {@code -Dhelios.fuzz.operations=true} prints what was done how often.
 */
abstract class LateBindingFuzz {
    private static final String IN_EVERY_BUILD = "80";
    private static final boolean FRESH = System.getProperty("helios.fuzz") != null;
    private static final String EXTENT = System.getProperty("helios.fuzz", IN_EVERY_BUILD);
    private static final boolean TIMED = EXTENT.startsWith("P");
    private static final long LENGTH = TIMED ? Duration.parse(EXTENT).toNanos() : Long.MAX_VALUE;
    private static final int PROGRAMS = TIMED ? Integer.MAX_VALUE : Integer.parseInt(EXTENT);
    private static final @Nullable Long SEED = Long.getLong("helios.fuzz.seed");
    private static final int MOST_FAILURES = Integer.getInteger("helios.fuzz.failures", 3);
    /**
     * HikariCP opens one connection in 30 ms for a pool, and programs have many thrown away: they take turns with pools, which meanwhile are filled.
     */
    private static final int POOLS = 8;

    /** What makes connections late, behind a manager's name: few physical ones, of which some are idle when a program comes. */
    static final List<String> LATE = List.of(
            "helios.connections=late",
            "helios.max_concurrency=4",
            "helios.pool.reserve=3",
            "helios.pool.minimum_idle=4",
            "helios.pool.connection_timeout_ms=30000",
            "helios.pool.validate_after_ms=0");

    private static final boolean COUNTS = Boolean.getBoolean("helios.fuzz.operations");

    private final Grammar grammar;
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Operations operations = new Operations();
    private int pool;
    private int programs;
    private long steps;

    LateBindingFuzz(Grammar grammar) {
        this.grammar = grammar;
    }

    /** A connection with a physical one of its own. */
    abstract Connection direct() throws SQLException;

    /** A connection bound late, of the pool of that manager; up to six are used at once, by one thread. */
    abstract Connection late(String manager) throws SQLException;

    /** Makes every table of a program's clients what it was, and waits for what sessions that have just ended have locked, though not for ever. */
    abstract void reset(Connection connection, Program program) throws SQLException;

    static Connection open(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    final void directAndLateAnswerTheSame() throws SQLException {
        long first = FRESH ? new SplittableRandom().nextLong(1L << 40) : 0;
        try (Connection admin = direct();
                Stock direct = new Stock(this::direct)) {
            if (SEED != null) {
                run(SEED, admin, direct);
            } else {
                long start = System.nanoTime();
                for (int i = 0;
                        i < PROGRAMS && System.nanoTime() - start < LENGTH && failures.size() < MOST_FAILURES;
                        i++) {
                    run(first + i, admin, direct);
                }
            }
        }
        System.out.printf(
                "%s: %d programs of %d steps, seeds from %d, %d failures%n",
                getClass().getSimpleName(), programs, steps, first, failures.size());
        if (COUNTS) {
            System.out.println(operations);
        }
        assertThat(failures.values()).isEmpty();
    }

    private void run(long seed, Connection admin, Stock stock) throws SQLException {
        Program program = grammar.program(seed);
        programs++;
        steps += program.steps().size();
        Difference difference = difference(program, admin, stock);
        if (difference == null) {
            return;
        }
        String what = program.steps().get(difference.at()).words().replaceAll("[0-9]+|" + Tenant.NAMES, "#");
        if (failures.containsKey(what)) {
            return;
        }
        Program least = shrunk(program, difference, admin, stock);
        Difference still = difference(least, admin, stock);
        String report = getClass().getSimpleName() + " " + least + System.lineSeparator() + "  "
                + (still == null ? "only sometimes: " + difference : still.toString());
        System.out.println(report);
        failures.put(what, report);
    }

    private @Nullable Difference difference(Program program, Connection admin, Stock stock) throws SQLException {
        reset(admin, program);
        String manager = "fuzz-" + pool++ % POOLS;
        List<List<String>> late = program.run(() -> late(manager), admin);
        resetAfter(program, admin);
        List<List<String>> direct = program.run(stock::take, admin);
        operations.add(program, direct);
        return Difference.between(program, direct, late);
    }

    /** What a connection that was closed has locked, and holds from the pool, would be waited for until the build is stopped. */
    private void resetAfter(Program program, Connection admin) throws SQLException {
        try {
            reset(admin, program);
        } catch (SQLException locked) {
            throw new AssertionError(
                    "After " + programs + " programs something is left by "
                            + getClass().getSimpleName() + " " + program,
                    locked);
        }
    }

    /** Leaves out what can be left out, in halves, in quarters, and one by one. */
    private Program shrunk(Program program, Difference difference, Connection admin, Stock stock) throws SQLException {
        Program least = new Program(program.seed(), program.steps().subList(0, difference.at() + 1));
        for (int size = Math.max(1, least.steps().size() / 2); size >= 1; size /= 2) {
            for (int at = least.steps().size() - size; at >= 0; at -= size) {
                List<Step> fewer = new ArrayList<>(least.steps());
                fewer.subList(at, at + size).clear();
                Program shorter = new Program(program.seed(), fewer);
                if (difference(shorter, admin, stock) != null) {
                    least = shorter;
                    at = Math.min(at, least.steps().size() - size + size);
                }
            }
        }
        return least;
    }
}
