package io.heliosjdbc.overhead.fake;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.DatabaseMetaData;

/** Says what the database is called, and no more. Immutable. */
public abstract class FakeMetaData implements DatabaseMetaData {
    private static final MethodHandle OPEN = Completion.constructor(MethodHandles.lookup(), FakeMetaData.class);

    /** Called by the generated class. */
    protected FakeMetaData() {}

    static FakeMetaData open() {
        try {
            return (FakeMetaData) OPEN.invokeExact();
        } catch (Throwable e) {
            throw Completion.failed(e);
        }
    }

    @Override
    public final String getURL() {
        return "jdbc:fake:database";
    }

    @Override
    public final String getDatabaseProductName() {
        return "fake";
    }
}
