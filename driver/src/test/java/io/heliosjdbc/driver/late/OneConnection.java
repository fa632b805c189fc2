package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lends the only connection there is, and another one where that was thrown away; whoever comes when it is out is refused. Nothing is behind
 * the connection but the answer to what is left in its session. Thread-safe.
 */
final class OneConnection implements Lender {
    private final Dialect dialect;
    private final Answer nothingIsLeft;
    private final LastKeys keys = new LastKeys();
    private final TemporaryTables temporaryTables = new TemporaryTables();
    private final Pins pins = new Pins(never -> () -> {}, reason -> {});
    // Made beforehand: to make a proxy takes the model checker many steps.
    private final Connection connection = of(Connection.class);
    private final Statement question = of(PreparedStatement.class);
    private final ResultSet reply = of(ResultSet.class);
    private volatile Asked asked = () -> {};
    private volatile Vendor vendor = method -> {};
    private Physical physical;
    private volatile boolean lies;
    private volatile boolean valid;
    private boolean out;
    private int lent;
    private int given;
    private int discarded;

    /** What its session answers. */
    @FunctionalInterface
    interface Answer {
        boolean give() throws SQLException;
    }

    /** What happens to who asks for it, before he has it. */
    @FunctionalInterface
    interface Asked {
        void happens() throws SQLException;
    }

    /** What happens in a method of the vendor's, before it answers. */
    @FunctionalInterface
    interface Vendor {
        void in(String method) throws SQLException;
    }

    /**
     * A connection.
     *
     * @param nothingIsLeft answers whether nothing is left in its session, each time that it is asked
     */
    OneConnection(Dialect dialect, Answer nothingIsLeft) {
        this.nothingIsLeft = nothingIsLeft;
        this.dialect = dialect;
        this.physical = fresh();
    }

    void whenAsked(Asked what) {
        asked = what;
    }

    void whenCalled(Vendor what) {
        vendor = what;
    }

    private Physical fresh() {
        return new Physical(connection, null, null);
    }

    private <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                OneConnection.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer(method)));
    }

    /** In the order in which they are asked for: a statement, its rows, whether there is one, and what is in it. */
    private @Nullable Object answer(Method method) throws SQLException {
        vendor.in(method.getName());
        return switch (method.getName()) {
            case "createStatement", "prepareStatement" -> question;
            case "executeQuery" -> reply;
            case "next" -> true;
            case "isValid" -> valid;
            case "getBoolean" -> nothingIsLeft.give();
            default -> method.getReturnType() == boolean.class ? false : null;
        };
    }

    /** From now on it says that it works. */
    void isValid() {
        valid = true;
    }

    /** From now on who takes it waits for nobody. */
    void lies() {
        lies = true;
    }

    @Override
    public @Nullable Physical tryTake(String purpose) {
        return lies ? lendIfThere() : null;
    }

    private synchronized @Nullable Physical lendIfThere() {
        if (out) {
            return null;
        }
        out = true;
        lent++;
        return physical;
    }

    @Override
    public Physical take(String purpose, long giveUpAt) throws SQLException {
        asked.happens();
        return lend();
    }

    private Physical lend() throws SQLException {
        Physical there = lendIfThere();
        if (there == null) {
            throw new SQLException("it is out");
        }
        return there;
    }

    private void comesBack(Physical back) {
        if (!out || back != physical) {
            throw new AssertionError("it was given back twice");
        }
        out = false;
    }

    @Override
    public synchronized void give(Physical back) {
        comesBack(back);
        given++;
    }

    @Override
    public synchronized void discard(Physical back) {
        comesBack(back);
        discarded++;
        physical = fresh();
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public Pins pins() {
        return pins;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public boolean tellsTransaction() {
        return false;
    }

    @Override
    public boolean hasOwn(Set<String> functions) {
        return false;
    }

    @Override
    public boolean areHarmless(Set<String> functions) {
        return false;
    }

    @Override
    public TemporaryTables temporaryTables() {
        return temporaryTables;
    }

    @Override
    public LastKeys lastKeys() {
        return keys;
    }

    synchronized boolean isOut(Physical asked) {
        return out && asked == physical;
    }

    /** Whether somebody has it. */
    synchronized boolean isOut() {
        return out;
    }

    /** How often it was thrown away. */
    synchronized int discarded() {
        return discarded;
    }

    /** How often it came back as good as new. */
    synchronized int given() {
        return given;
    }

    synchronized void checkAllIsBack() {
        if (out || lent != given + discarded) {
            throw new AssertionError("it is lost");
        }
        if (pins.count() != 0) {
            throw new AssertionError("it is pinned still");
        }
    }
}
