package io.heliosjdbc.driver.wrapper;

import java.lang.ref.SoftReference;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.util.List;
import javax.sql.RowSet;

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

    /** How many there are. */
    static final int COUNT = 9;

    private final int index;
    private final Class<? extends JdbcWrapper> base;
    private final List<Class<?>> withheld;
    /**
     * One generated class per vendor's class. It hangs on the vendor's class, so that it goes when that goes, and softly, so that
     * a vendor's class that stays does not keep Helios alive when Helios goes. Nothing here refers to the vendor.
     */
    private final ClassValue<SoftReference<WrapperFactory>> factories = new ClassValue<>() {
        @Override
        protected SoftReference<WrapperFactory> computeValue(Class<?> type) {
            return new SoftReference<>(WrapperClass.generate(base, type, withheld));
        }
    };

    private Role(int index, Class<? extends JdbcWrapper> base, Class<?>... withheld) {
        this.index = index;
        this.base = base;
        this.withheld = List.of(withheld);
    }

    /** Its place in an array of {@link #COUNT}. */
    int index() {
        return index;
    }

    /** The factory for vendors' objects of a class; generates its wrapper's class where there is none yet. */
    WrapperFactory factory(Class<?> type) {
        WrapperFactory factory = factories.get(type).get();
        while (factory == null) {
            factories.remove(type);
            factory = factories.get(type).get();
        }
        return factory;
    }
}
