package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The statements of what a manager's accounts owe, numbered; they are only ever added. Stateless but for whose they are. */
final class SettlementsTable {
    private static final int FETCHED_AT_ONCE = 1_000;

    private static final String LAST =
            "SELECT MAX(settlement_number) FROM " + Schema.SETTLEMENTS + " WHERE manager = ?";
    private static final String INSERT = "INSERT INTO " + Schema.SETTLEMENTS
            + " (manager, settlement_number, part, statement_text) VALUES (?, ?, ?, ?)";
    private static final String SELECT = "SELECT settlement_number, statement_text FROM " + Schema.SETTLEMENTS
            + " WHERE manager = ? ORDER BY settlement_number, part";

    private final String manager;

    SettlementsTable(String manager) {
        this.manager = manager;
    }

    /** Those that are not written down yet; looks through all that are. */
    List<Settlement> missing(Connection connection, List<Settlement> settlements) throws SQLException {
        if (settlements.isEmpty()) {
            return settlements;
        }
        Map<String, Settlement> missing = new HashMap<>();
        settlements.forEach(each -> missing.put(Quoted.ascii(StatementOfAccount.identity(each)), each));
        lines(connection, line -> StatementOfAccount.identityOf(line).ifPresent(missing::remove));
        return settlements.stream()
                .filter(each -> missing.containsKey(Quoted.ascii(StatementOfAccount.identity(each))))
                .toList();
    }

    /** Books without what is settled already: they may have been copied before that was handed over, and written with it. */
    List<LoadState> unsettled(Connection connection, List<LoadState> books) throws SQLException {
        RunningIntervals running = new RunningIntervals(books);
        if (running.isEmpty()) {
            return books;
        }
        lines(connection, running::settled);
        return running.unsettled();
    }

    /** All that are written down. */
    private void lines(Connection connection, Consumer<CharSequence> reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setFetchSize(FETCHED_AT_ONCE);
            select.setString(1, manager);
            try (ResultSet rows = select.executeQuery()) {
                long number = -1;
                StringBuilder line = new StringBuilder();
                while (rows.next()) {
                    if (rows.getLong(1) != number) {
                        reader.accept(line);
                        number = rows.getLong(1);
                        line.setLength(0);
                    }
                    line.append(rows.getString(2));
                }
                reader.accept(line);
            }
        }
    }

    /** Adds them in the transaction that is open. */
    void append(Connection connection, List<Settlement> settlements) throws SQLException {
        if (settlements.isEmpty()) {
            return;
        }
        int number = last(connection);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Settlement each : settlements) {
                number++;
                int part = 0;
                for (String text : TextRows.cut(Quoted.ascii(StatementOfAccount.json(each)))) {
                    insert.setString(1, manager);
                    insert.setInt(2, number);
                    insert.setInt(3, part++);
                    insert.setString(4, text);
                    insert.addBatch();
                }
            }
            int[] unused = insert.executeBatch();
        }
    }

    private int last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST)) {
            select.setString(1, manager);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
