package io.heliosjdbc.overhead.fake;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One row whose columns hold their own numbers, the first three objects of other kinds, too. Not thread-safe. */
public abstract class FakeResultSet implements ResultSet {
    private static final MethodHandle OPEN =
            Completion.constructor(MethodHandles.lookup(), FakeResultSet.class, FakePreparedStatement.class);

    private static final Object[] VALUES = {7L, "seven", new BigDecimal("7.00")};

    /** So many columns have objects, too. */
    public static final int OBJECTS = VALUES.length;

    private final FakePreparedStatement statement;
    private int row;
    private boolean closed;

    /** Called by the generated class. */
    protected FakeResultSet(FakePreparedStatement statement) {
        this.statement = statement;
    }

    static FakeResultSet open(FakePreparedStatement statement) {
        try {
            return (FakeResultSet) OPEN.invokeExact(statement);
        } catch (Throwable e) {
            throw Completion.failed(e);
        }
    }

    final FakeResultSet rewound() {
        row = 0;
        closed = false;
        return this;
    }

    @Override
    public final boolean next() {
        return ++row == 1;
    }

    @Override
    public final long getLong(int column) throws SQLException {
        requireRow();
        return column;
    }

    @Override
    public final Object getObject(int column) throws SQLException {
        requireRow();
        return VALUES[column - 1];
    }

    private void requireRow() throws SQLException {
        if (row != 1 || closed) {
            throw new SQLException("no row here: call next() once, and read before close()");
        }
    }

    @Override
    public final int getFetchSize() {
        return 0;
    }

    @Override
    public final Statement getStatement() {
        return statement;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        closed = true;
    }
}
