package io.heliosjdbc.classifier.statement;

import org.jspecify.annotations.Nullable;

/**
 * What texts leave behind on their connection that Helios goes by. Immutable.
 *
 * @param transaction what they do to the transaction, by their words
 * @param autoCommit what they do to the autocommit mode
 * @param applicationName the application name that they set for the rest of the session, or null
 * @param resetsApplicationName whether the application name becomes the connection's own again
 * @param schema the schema that they set for the rest of the session; empty where they do not name it, null where they set none
 */
public record Effects(
        TransactionEffect transaction,
        AutoCommit autoCommit,
        @Nullable String applicationName,
        boolean resetsApplicationName,
        @Nullable String schema) {

    /** None at all. */
    public static final Effects NONE = new Effects(TransactionEffect.NONE, AutoCommit.KEPT, null, false, null);

    /** That on the transaction alone. */
    public static Effects of(TransactionEffect transaction) {
        return new Effects(transaction, AutoCommit.KEPT, null, false, null);
    }

    /** That on the autocommit mode alone. */
    public static Effects of(AutoCommit autoCommit) {
        return new Effects(TransactionEffect.NONE, autoCommit, null, false, null);
    }

    /**
     * That on the application name alone.
     *
     * @param name null where it becomes the connection's own again
     */
    public static Effects ofApplicationName(@Nullable String name) {
        return new Effects(TransactionEffect.NONE, AutoCommit.KEPT, name, name == null, null);
    }

    /** That on the schema alone. */
    public static Effects ofSchema(String schema) {
        return new Effects(TransactionEffect.NONE, AutoCommit.KEPT, null, false, schema);
    }

    /**
     * Where a text can be read in two ways, what holds in both: of the transaction nothing, where they say different things of it, and of
     * autocommit that somebody must look.
     */
    public Effects agreedWith(Effects other) {
        return equals(other)
                ? this
                : new Effects(
                        transaction == other.transaction ? transaction : TransactionEffect.NONE,
                        autoCommit == other.autoCommit ? autoCommit : AutoCommit.SET,
                        null,
                        false,
                        null);
    }

    /** These effects but for names of applications and schemas, by which somebody may be served better. */
    public Effects withoutNames() {
        return applicationName == null && !resetsApplicationName && schema == null
                ? this
                : new Effects(transaction, autoCommit, null, false, null);
    }

    /** These effects, then work that has none of its own. */
    public Effects thenWork() {
        TransactionEffect then = transaction.thenWork();
        return then == transaction
                ? this
                : new Effects(then, autoCommit, applicationName, resetsApplicationName, schema);
    }

    /** These effects, then others. */
    public Effects then(Effects next) {
        if (next.equals(NONE)) {
            return this;
        }
        boolean names = next.applicationName != null || next.resetsApplicationName;
        return new Effects(
                transaction.then(next.transaction),
                next.autoCommit == AutoCommit.KEPT ? autoCommit : next.autoCommit,
                names ? next.applicationName : applicationName,
                names ? next.resetsApplicationName : resetsApplicationName,
                next.schema == null ? schema : next.schema);
    }
}
