package io.heliosjdbc.driver.wrapper;

import java.lang.ref.SoftReference;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.util.List;

/** What kind of JDBC object a wrapper stands for, with the generated class for each vendor's class. Thread-safe. */
final class Role {
    static final Role CONNECTION = new Role(ConnectionWrapper.class, List.of());
    /** A plain statement, which never claims to be a prepared one, whatever the vendor's class can do. */
    static final Role STATEMENT = new Role(StatementWrapper.class, List.of(PreparedStatement.class));

    static final Role PREPARED_STATEMENT = new Role(PreparedStatementWrapper.class, List.of(CallableStatement.class));
    static final Role CALLABLE_STATEMENT = new Role(CallableStatementWrapper.class, List.of());
    static final Role RESULT_SET = new Role(ResultSetWrapper.class, List.of());
    static final Role META_DATA = new Role(DatabaseMetaDataWrapper.class, List.of());

    private final Class<? extends JdbcWrapper> base;
    private final List<Class<?>> withheld;
    /**
     * One generated class per vendor's class. It hangs on the vendor's class, so that it goes when that goes, and softly, so that
     * a vendor's class that stays does not keep Helios alive when Helios goes.
     */
    private final ClassValue<SoftReference<WrapperFactory>> factories = new ClassValue<>() {
        @Override
        protected SoftReference<WrapperFactory> computeValue(Class<?> type) {
            return new SoftReference<>(WrapperClass.generate(base, type, withheld));
        }
    };

    /** The last one used: an application has one vendor, and so one class per role. */
    private volatile Recent recent = new Recent(Object.class, (delegate, owner, detail) -> delegate);

    private record Recent(Class<?> type, WrapperFactory factory) {}

    private Role(Class<? extends JdbcWrapper> base, List<Class<?>> withheld) {
        this.base = base;
        this.withheld = withheld;
    }

    /**
     * Wraps a vendor's object.
     *
     * @param owner the second argument of the base class's constructor
     * @param detail the third one
     */
    Object wrap(Object delegate, Object owner, @org.jspecify.annotations.Nullable Object detail) {
        Recent last = recent;
        WrapperFactory factory = last.type() == delegate.getClass() ? last.factory() : factory(delegate.getClass());
        return factory.create(delegate, owner, detail);
    }

    private WrapperFactory factory(Class<?> type) {
        WrapperFactory factory = factories.get(type).get();
        while (factory == null) {
            factories.remove(type);
            factory = factories.get(type).get();
        }
        recent = new Recent(type, factory);
        return factory;
    }
}
