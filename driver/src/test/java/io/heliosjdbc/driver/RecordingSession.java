package io.heliosjdbc.driver;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.manager.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.jspecify.annotations.Nullable;

/** A session that lets everything pass and writes down what it was told. */
public final class RecordingSession implements Session {
    private static final Classifier CLASSIFIER =
            new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), Agreements.builtIn());

    /** What it was told, in order. */
    public final List<String> events = new CopyOnWriteArrayList<>();

    final List<Object> statements = new CopyOnWriteArrayList<>();
    final List<@Nullable Throwable> failures = new CopyOnWriteArrayList<>();
    int profiles;
    /** What {@link #before} says was waited. */
    long waitedNanos;
    /** What {@link #before} throws. */
    @Nullable
    SQLException refusal;
    /** Whether {@link #cancel} finds a wait. */
    boolean waiting;

    @Override
    public StatementProfile profile(String sql) {
        profiles++;
        return CLASSIFIER.profile(sql);
    }

    @Override
    public ResultSet answer(StatementProfile profile) throws SQLException {
        CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
        RowSetMetaDataImpl columns = new RowSetMetaDataImpl();
        columns.setColumnCount(1);
        columns.setColumnName(1, "shown");
        columns.setColumnLabel(1, "shown");
        columns.setColumnType(1, Types.VARCHAR);
        rows.setMetaData(columns);
        rows.moveToInsertRow();
        rows.updateString(1, String.valueOf(profile.adminText()));
        rows.insertRow();
        rows.moveToCurrentRow();
        rows.beforeFirst();
        return rows;
    }

    @Override
    public long before(Object statement, StatementProfile profile, int queryTimeoutSeconds) throws SQLException {
        if (refusal != null) {
            throw refusal;
        }
        events.add("before " + (profile.isBatch() ? "many of " : "") + profile.sql()
                + (queryTimeoutSeconds == 0 ? "" : " in " + queryTimeoutSeconds + " s"));
        statements.add(statement);
        return waitedNanos;
    }

    @Override
    public void after(Object statement, StatementProfile profile, @Nullable Throwable failure) {
        events.add((failure == null ? "after " : "failed ") + profile.sql());
        statements.add(statement);
        if (failure != null) {
            failures.add(failure);
        }
    }

    @Override
    public void fetches(boolean begins) {
        events.add(begins ? "fetches" : "has fetched");
    }

    @Override
    public boolean cancel(Object statement) {
        return waiting;
    }

    @Override
    public void abort() {
        events.add("abort");
    }

    @Override
    public void autoCommit(boolean on) {
        events.add("autocommit " + on);
    }

    @Override
    public void transactionEnded(@Nullable Throwable failure) {
        events.add("transaction ended");
    }

    @Override
    public void commitFailed() {
        events.add("commit failed");
    }

    @Override
    public long waitedNanos() {
        return waitedNanos;
    }

    @Override
    public void schema(@Nullable String name) {}

    @Override
    public boolean clientInfo(String name, @Nullable String value) {
        events.add(name + "=" + value);
        return name.startsWith("helios.");
    }

    @Override
    public void close() {
        events.add("close");
    }
}
