package io.heliosjdbc.agreements;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A description of requests; an attribute that is null says nothing, the others must all hold. Immutable.
 *
 * @param user the database user
 * @param application the application's name
 * @param client the client, as told by {@code helios.client}
 * @param tenant the tenant
 * @param schema the schema of the connection, in any case
 * @param transaction the transaction type, as told by the hint {@code transaction=}
 * @param workload {@code oltp}, {@code analytics} or {@code batch}, as told by hint
 * @param priority {@code critical}, {@code high}, {@code medium}, {@code low} or {@code background}, as told by hint
 * @param table a table that the statement names
 * @param sql a regular expression found in the statement's text
 */
public record Match(
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        @Nullable String tenant,
        @Nullable String schema,
        @Nullable String transaction,
        @Nullable String workload,
        @Nullable String priority,
        @Nullable String table,
        @Nullable Pattern sql) {
    /** Of any schema. */
    public Match(
            @Nullable String user,
            @Nullable String application,
            @Nullable String client,
            @Nullable String tenant,
            @Nullable String transaction,
            @Nullable String workload,
            @Nullable String priority,
            @Nullable String table,
            @Nullable Pattern sql) {
        this(user, application, client, tenant, null, transaction, workload, priority, table, sql);
    }

    /** Regular expressions are the same where text and flags are: a file that is read again has others, which say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Match match && parts().equals(match.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                user,
                application,
                client,
                tenant,
                schema,
                transaction,
                workload,
                priority,
                table,
                sql == null ? null : sql.pattern(),
                sql == null ? null : sql.flags());
    }
}
