package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Row 0 of a manager's accounts says who owns the others. Not thread-safe.
 *
 * <p>No lock of a database outlives a statement and ends with its holder in every database alike, and clocks differ: so the
 * owner counts on in his row as long as he is there, and whoever finds that the count has stood still for a while takes the row over, by an
 * update of what he has seen. An owner who comes back too late finds that the row is no longer his, and writes nothing more.
 */
final class OwnerRow {
    /** How often the owner counts. */
    static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Whoever has not counted for so long is gone: several beats, and a statement that is slow. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK_MILLIS = 200;
    private static final String NOBODY = "owner nobody";

    private static final String SELECT = "SELECT line_text FROM " + Schema.ACCOUNTS + " WHERE manager = ? AND line = 0";
    private static final String INSERT =
            "INSERT INTO " + Schema.ACCOUNTS + " (manager, line, line_text) VALUES (?, 0, ?)";
    private static final String UPDATE =
            "UPDATE " + Schema.ACCOUNTS + " SET line_text = ? WHERE manager = ? AND line = 0 AND line_text LIKE ?";

    private final String manager;
    private final String own = "owner " + UUID.randomUUID() + " beat ";
    private long beats;

    OwnerRow(String manager) {
        this.manager = manager;
    }

    /**
     * Takes the row; where somebody has it, waits until it is known whether he is still there.
     *
     * @param connection in autocommit
     * @param patienceNanos how long a count has to stand still
     * @throws RefusedInputException if he is
     */
    void take(Connection connection, long patienceNanos) throws SQLException, RefusedInputException {
        String seen = read(connection);
        if (seen == null) {
            seen = insert(connection);
        }
        long since = System.nanoTime();
        while (seen.startsWith("owner ") && !seen.equals(NOBODY) && System.nanoTime() - since < patienceNanos) {
            pause();
            String now = read(connection);
            if (now == null || !(now.equals(seen) || now.equals(NOBODY))) {
                throw refused("accounts of workload manager " + manager + " are kept there by another process");
            }
            seen = now;
        }
        if (update(connection, own + beats, seen) == 0) {
            throw refused("accounts of workload manager " + manager + " have just been taken by another process");
        }
    }

    private void pause() throws RefusedInputException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw refused("the thread was interrupted before it was known whether accounts of workload manager "
                    + manager + " are kept there by another process");
        }
    }

    private static RefusedInputException refused(String what) {
        return new RefusedInputException(List.of(new Fault(
                Schema.ACCOUNTS, 0, 0, what, "give each process a workload manager of its own by helios.manager")));
    }

    private @Nullable String read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, manager);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    /** The row that is there then, whoever has made it. */
    private String insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, manager);
            insert.setString(2, NOBODY);
            int unused = insert.executeUpdate();
            return NOBODY;
        } catch (SQLException there) {
            String other = read(connection);
            if (other == null) {
                throw there;
            }
            return other;
        }
    }

    private int update(Connection connection, String to, String from) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, to);
            update.setString(2, manager);
            update.setString(3, from);
            return update.executeUpdate();
        }
    }

    /** Counts on, in the transaction that is open; false where the row is somebody else's by now. */
    boolean beat(Connection connection) throws SQLException {
        beats++;
        return update(connection, own + beats, own + "%") == 1;
    }

    /** Says that nobody owns it any more; false where it is somebody else's by now. */
    boolean giveUp(Connection connection) throws SQLException {
        return update(connection, NOBODY, own + "%") == 1;
    }
}
