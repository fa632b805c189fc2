package io.heliosjdbc.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.RollbackCountCommandStep;
import liquibase.command.core.StatusCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;

/** Liquibase's commands, once by URL, as its command line does, and once on a connection, as Spring does. */
class LiquibaseTest {
    /** What it would tell a person at a terminal goes to its log. */
    private static void execute(CommandScope command, OutputStream output) throws Exception {
        Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), command.setOutput(output)::execute);
    }

    /** Names the driver: Liquibase finds it by itself for URLs that it knows, and {@code jdbc:helios:} is none of them. */
    private static CommandScope command(Database database, String changes, String... name) throws Exception {
        return new CommandScope(name)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.URL_ARG, database.url())
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DRIVER_ARG, database.driver())
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, changes);
    }

    private static void execute(CommandScope command) throws Exception {
        execute(command, OutputStream.nullOutputStream());
    }

    private static String output(CommandScope command) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        execute(command, output);
        return output.toString(StandardCharsets.UTF_8);
    }

    @BothWays
    void changesAreMadeListedAndTakenBack(Database database) throws Exception {
        assertThat(output(command(database, "liquibase/books.xml", StatusCommandStep.COMMAND_NAME)))
                .contains("3 changesets have not been applied");
        execute(command(database, "liquibase/books.xml", UpdateCommandStep.COMMAND_NAME));
        assertThat(database.count("SELECT count(*) FROM databasechangelog WHERE exectype = 'EXECUTED'"))
                .isEqualTo(3);
        assertThat(database.count("SELECT count(*) FROM databasechangeloglock WHERE locked"))
                .isZero();
        assertThat(database.count("SELECT id FROM book WHERE title = 'two'")).isEqualTo(2);
        assertThat(database.count("SELECT total()")).isEqualTo(2);
        execute(command(database, "liquibase/books.xml", UpdateCommandStep.COMMAND_NAME));
        assertThat(output(command(database, "liquibase/books.xml", StatusCommandStep.COMMAND_NAME)))
                .contains("is up to date");

        execute(command(database, "liquibase/books.xml", RollbackCountCommandStep.COMMAND_NAME)
                .addArgumentValue(RollbackCountCommandStep.COUNT_ARG, 2));
        assertThat(database.count("SELECT count(*) FROM databasechangelog")).isEqualTo(1);
        assertThat(database.count("SELECT count(*) FROM book")).isZero();
        assertThat(database.count("SELECT count(*) FROM pg_proc WHERE proname = 'total'"))
                .isZero();
        database.assertScheduled(
                "create table", "insert into", "create function", "drop function", "delete from", "update", "select");
    }

    @BothWays
    void aChangeThatFailsIsTakenBackAndTheLockIsFree(Database database) throws Exception {
        assertThatThrownBy(() -> execute(command(database, "liquibase/broken.xml", UpdateCommandStep.COMMAND_NAME)))
                .rootCause()
                .hasMessageContaining("no_such_table");
        assertThat(database.count("SELECT count(*) FROM pg_tables WHERE tablename = 'book'"))
                .isZero();
        assertThat(database.count("SELECT count(*) FROM databasechangelog")).isZero();
        assertThat(database.count("SELECT count(*) FROM databasechangeloglock WHERE locked"))
                .isZero();
        database.assertScheduled("create table");
    }

    @BothWays
    void aConnectionIsKnownForWhatItIs(Database database) throws Exception {
        try (Connection connection = database.connect()) {
            liquibase.database.Database known =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            assertThat(known).isInstanceOf(PostgresDatabase.class);
            execute(new CommandScope(UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, known)
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, "liquibase/books.xml"));
        }
        assertThat(database.count("SELECT count(*) FROM databasechangelog")).isEqualTo(3);
        database.assertScheduled("create table", "insert into");
    }
}
