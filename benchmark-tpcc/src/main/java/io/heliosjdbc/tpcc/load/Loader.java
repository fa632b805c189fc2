package io.heliosjdbc.tpcc.load;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Reason;
import io.heliosjdbc.tpcc.Schema;
import io.heliosjdbc.tpcc.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Creates the schema and fills it over several connections. The same load yields the same rows, however many connections there are and
 * whether or not it was interrupted: each part has random numbers of its own, and its rows are committed together with the note that it
 * is finished. Not thread-safe.
 */
public final class Loader {
    private final Target target;
    private final Load load;
    private final int loaders;
    private final Consumer<String> listener;
    private final Annex annex;

    /** Of TPC-C's tables alone. */
    public Loader(Target target, Load load, int loaders, Consumer<String> listener) {
        this(target, load, loaders, listener, Annex.NONE);
    }

    /**
     * @param target loaded around Helios; somebody must be connected to an H2 database in memory all the while
     * @param loaders how many connections load, 1 or more; never more than there are parts
     * @param listener is told what has been loaded
     * @param annex what is loaded beside TPC-C's tables
     */
    public Loader(Target target, Load load, int loaders, Consumer<String> listener, Annex annex) {
        this.annex = annex;
        this.target = target;
        this.load = load;
        this.loaders = Math.min(loaders, load.warehouses() + 1);
        this.listener = listener;
    }

    /**
     * How it was loaded.
     *
     * @param loaders connections
     * @param resumed whether an interrupted load was gone on with
     * @param seconds with indexes and statistics
     */
    public record Loaded(int loaders, boolean resumed, double seconds) {}

    /** Whether the same load was begun and interrupted, so that {@link #load} goes on with it. */
    public boolean interrupted() throws SQLException {
        try (Connection connection = target.straight()) {
            connection.setAutoCommit(false);
            return LoadNotes.interrupted(connection).contains(load);
        }
    }

    /**
     * Creates the tables and fills them, or goes on where the same load was interrupted.
     *
     * @param replace whether tables that are there already are dropped, an interrupted load's too
     * @throws SQLException also where there are tables that may not be dropped, or another load was interrupted
     */
    public Loaded load(boolean replace) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        try (Connection connection = target.straight()) {
            connection.setAutoCommit(false);
            if (replace) {
                // The notes first: without them nobody goes on with what is left.
                LoadNotes.drop(connection);
                Schema.drop(connection, Schema.present(connection, annex.tables()));
                Schema.drop(connection, Schema.present(connection, Schema.TABLES));
            }
            boolean resumed = resumes(connection);
            Dialect dialect = Dialect.of(connection);
            if (!resumed) {
                LoadNotes.begin(connection, dialect, load);
            }
            Schema.create(connection, dialect);
            List<Integer> left = LoadNotes.left(connection);
            if (resumed) {
                listener.accept("going on with an interrupted load: " + (load.warehouses() + 1 - left.size()) + " of "
                        + (load.warehouses() + 1) + " parts, the items and each warehouse, are there");
            }
            fill(left);
            loadAnnex(connection);
            Schema.createIndexes(connection);
            connection.setAutoCommit(true);
            Optional<String> afterLoad = dialect.afterLoad(tables());
            String made = "made indexes and statistics";
            if (afterLoad.isPresent()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(afterLoad.get());
                } catch (SQLException e) {
                    if (!Dialect.withholds(e)) {
                        throw e;
                    }
                    made = "made indexes; the server makes statistics as it likes, for it gave none: " + Reason.of(e);
                }
            }
            connection.setAutoCommit(false);
            LoadNotes.drop(connection);
            listener.accept(made);
            return new Loaded(loaders, resumed, (System.nanoTime() - began) / 1e9);
        }
    }

    private List<String> tables() {
        List<String> tables = new ArrayList<>(Schema.TABLES);
        tables.addAll(annex.tables());
        return tables;
    }

    private boolean resumes(Connection connection) throws SQLException {
        List<Load> interrupted = LoadNotes.interrupted(connection);
        boolean same = interrupted.contains(load);
        if (!same && !interrupted.isEmpty()) {
            throw new SQLException("the database has an interrupted load; give its " + interrupted.get(0)
                    + " to go on with it, or --replace to drop it");
        }
        List<String> others = new ArrayList<>();
        if (!same) {
            others.addAll(Schema.present(connection, Schema.TABLES));
        }
        if (!same || LoadNotes.annex(connection).isEmpty()) {
            others.addAll(Schema.present(connection, annex.tables()));
        }
        if (!others.isEmpty()) {
            throw new SQLException("the database has tables " + String.join(", ", others)
                    + " already; give --replace to drop them, or use an empty database");
        }
        return same;
    }

    /** Anew as a whole where it was interrupted: it is small. */
    private void loadAnnex(Connection connection) throws SQLException {
        Optional<Boolean> finished = LoadNotes.annex(connection);
        if (annex.tables().isEmpty() || finished.orElse(false)) {
            return;
        }
        if (finished.isEmpty()) {
            LoadNotes.beginAnnex(connection, load);
        }
        Schema.drop(connection, Schema.present(connection, annex.tables()));
        annex.load(connection);
        LoadNotes.finish(connection, LoadNotes.ANNEX);
        connection.commit();
    }

    private void fill(List<Integer> parts) throws SQLException, InterruptedException {
        LoadProgress progress = new LoadProgress(load, parts, System::nanoTime, listener);
        Queue<Integer> left = new ConcurrentLinkedQueue<>(parts);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 1; i <= Math.min(loaders, parts.size()); i++) {
            FutureTask<Boolean> task = new FutureTask<>(() -> work(left, progress));
            Thread thread = new Thread(task, "loader-" + i);
            thread.setDaemon(true);
            thread.start();
            tasks.add(task);
        }
        try {
            await(tasks);
        } finally {
            left.clear();
        }
    }

    /** Waits for all, also where one has failed: what the others finish meanwhile need not be loaded again. */
    private static void await(List<FutureTask<Boolean>> tasks) throws SQLException, InterruptedException {
        SQLException failure = null;
        for (FutureTask<Boolean> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                SQLException next = cause instanceof SQLException sql ? sql : new SQLException(cause);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean work(Queue<Integer> left, LoadProgress progress) throws SQLException {
        List<SplittableRandom> randoms = load.randoms();
        boolean finished = false;
        try (Connection connection = target.straight()) {
            connection.setAutoCommit(false);
            for (Integer part = left.poll(); part != null; part = left.poll()) {
                write(connection, part, randoms.get(part), progress);
                progress.finished(part);
            }
            finished = true;
        } finally {
            if (!finished) {
                left.clear();
            }
        }
        return true;
    }

    private void write(Connection connection, int part, SplittableRandom random, LoadProgress progress)
            throws SQLException {
        try {
            Rows rows = new Rows(connection, load.population(), load.nuRand(), random, progress.written());
            if (part == Load.ITEMS) {
                rows.items();
            } else {
                rows.warehouse(part);
            }
            LoadNotes.finish(connection, part);
            connection.commit();
        } catch (SQLException | RuntimeException failure) {
            try {
                // Some drivers commit what is open when they are closed.
                connection.rollback();
            } catch (SQLException gone) {
                failure.addSuppressed(gone);
            }
            throw failure;
        }
    }
}
