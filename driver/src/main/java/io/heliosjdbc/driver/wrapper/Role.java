package io.heliosjdbc.driver.wrapper;

import java.lang.ref.SoftReference;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.RowSet;
import org.jspecify.annotations.Nullable;

/** What kind of JDBC object a wrapper stands for, with the generated class for each vendor's class. Thread-safe. */
final class Role {
    static final Role CONNECTION = new Role(0, ConnectionWrapper.class);
    /** A plain statement, which never claims to be a prepared one, whatever the vendor's class can do. */
    static final Role STATEMENT = new Role(1, StatementWrapper.class, PreparedStatement.class);

    static final Role PREPARED_STATEMENT = new Role(2, PreparedStatementWrapper.class, CallableStatement.class);
    static final Role CALLABLE_STATEMENT = new Role(3, CallableStatementWrapper.class);
    static final Role ADMIN_STATEMENT = new Role(4, AdminStatementWrapper.class, PreparedStatement.class);
    static final Role ADMIN_CALL = new Role(5, AdminCallWrapper.class, PreparedStatement.class);
    static final Role RESULT_SET = new Role(6, ResultSetWrapper.class);
    static final Role ANSWER = new Role(7, AnswerWrapper.class, RowSet.class);
    static final Role META_DATA = new Role(8, DatabaseMetaDataWrapper.class);

    static final Role LATE_RESULT_SET = new Role(9, LateResultSetWrapper.class);
    static final Role LATE_CONNECTION = new Role(10, Connection.class, CONNECTION);
    static final Role LATE_STATEMENT = new Role(11, Statement.class, STATEMENT);
    static final Role LATE_PREPARED_STATEMENT = new Role(12, PreparedStatement.class, PREPARED_STATEMENT);

    /** How many there are. */
    static final int COUNT = 13;

    private final int index;
    private final Class<? extends JdbcWrapper> base;
    private final List<Class<?>> withheld;
    /** What a stand-in of the late binding's is, where one is the delegate; else null. */
    private final @Nullable Class<?> standIn;
    /**
     * One generated class per vendor's class. It hangs on the vendor's class, so that it goes when that goes, and softly, so that
     * a vendor's class that stays does not keep Helios alive when Helios goes: what hangs there is of the JDK's own classes. Nothing
     * here refers to the vendor.
     */
    private final ClassValue<AtomicReference<@Nullable SoftReference<WrapperFactory>>> factories = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable SoftReference<WrapperFactory>> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    /** Held while a class is generated: a pool that fills up would do it with every thread at once, for seconds. */
    private final ReentrantLock generating = new ReentrantLock();

    private Role(int index, Class<? extends JdbcWrapper> base, Class<?>... withheld) {
        this(index, base, List.of(withheld), null);
    }

    /** The role of another one's stand-ins: what they do not know goes to the vendor's object. */
    private Role(int index, Class<?> standIn, Role other) {
        this(index, other.base, other.withheld, standIn);
    }

    private Role(int index, Class<? extends JdbcWrapper> base, List<Class<?>> withheld, @Nullable Class<?> standIn) {
        this.index = index;
        this.base = base;
        this.withheld = withheld;
        this.standIn = standIn;
    }

    /** Its place in an array of {@link #COUNT}. */
    int index() {
        return index;
    }

    /** The factory for vendors' objects of a class; generates its wrapper's class where there is none yet. */
    WrapperFactory factory(Class<?> type) {
        AtomicReference<@Nullable SoftReference<WrapperFactory>> place = factories.get(type);
        WrapperFactory known = known(place);
        return known != null ? known : generated(type, place);
    }

    private static @Nullable WrapperFactory known(AtomicReference<@Nullable SoftReference<WrapperFactory>> place) {
        SoftReference<WrapperFactory> reference = place.get();
        return reference == null ? null : reference.get();
    }

    private WrapperFactory generated(Class<?> type, AtomicReference<@Nullable SoftReference<WrapperFactory>> place) {
        generating.lock();
        try {
            WrapperFactory factory = known(place);
            if (factory == null) {
                factory = WrapperClass.generate(base, type, withheld, standIn);
                place.set(new SoftReference<>(factory));
            }
            return factory;
        } finally {
            generating.unlock();
        }
    }
}
