package io.heliosjdbc.driver.configuration;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@code docs/configuration.md} from the keys. */
final class ConfigurationDocument {
    private ConfigurationDocument() {}

    static String text() {
        StringBuilder document = new StringBuilder(INTRODUCTION);
        for (Section section : Section.values()) {
            document.append("\n## ")
                    .append(heading(section))
                    .append("\n\n")
                    .append(section.description())
                    .append("\n\n");
            document.append("| key | value | default | what it does |\n| --- | --- | --- | --- |\n");
            for (Key key : Keys.of(section)) {
                if (key.effect() != Key.Effect.FOREIGN) {
                    document.append("| `")
                            .append(key.name())
                            .append("` | ")
                            .append(value(key))
                            .append(" | ")
                            .append(standard(key))
                            .append(" | ")
                            .append(key.description())
                            .append(effect(key))
                            .append(" |\n");
                }
            }
        }
        document.append(
                "\n## What a JDBC driver cannot serve\n\nThese are accepted, so that a file written for a database server"
                        + " loads, and named in one warning.\n\n");
        document.append("Whole tables: ")
                .append(Keys.FOREIGN_TABLES.stream()
                        .map(name -> "`[" + name + "]`")
                        .collect(Collectors.joining(", ")))
                .append(".\n\n| key of a class | what it is for |\n| --- | --- |\n");
        for (Key key : Keys.all()) {
            if (key.effect() == Key.Effect.FOREIGN) {
                document.append("| `")
                        .append(key.name())
                        .append("` | ")
                        .append(key.description())
                        .append(" |\n");
            }
        }
        return document.toString();
    }

    private static String heading(Section section) {
        return switch (section) {
            case ROOT -> "`[workload_routing]`";
            case TENANT_OVERRIDES -> "`[[workload_routing." + section.path() + "]]`";
            default -> "`[workload_routing." + section.path() + "]`";
        };
    }

    private static String value(Key key) {
        return key.kind() == Key.Kind.CHOICE
                ? key.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "))
                : key.expectation();
    }

    private static String standard(Key key) {
        if (key.standardByClass().isEmpty()) {
            return shown(key.standard());
        }
        String byClass = Section.BUILT_IN_CLASSES.stream()
                .filter(key.standardByClass()::containsKey)
                .map(name -> "`" + name + "`: " + shown(key.standardByClass().get(name)))
                .collect(Collectors.joining("; "));
        return byClass + "; else " + shown(key.standard());
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "none"
                    : list.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        }
        return value == null ? "not given" : "`" + value + "`";
    }

    private static String effect(Key key) {
        return key.effect() == Key.Effect.NOT_YET ? " *Accepted and checked; no effect yet.*" : "";
    }

    private static final String INTRODUCTION = """
            # Configuration

            Helios works without any configuration. What differs from the defaults stands in a `helios.toml`:

            ```toml
            [workload_routing]
            discipline = "budget"
            agreements = ["agreements/*.xml"]   # relative to this file

            [workload_routing.fast_lane]
            max_concurrency = 50

            [workload_routing.classes.reports]  # a class of your own
            max_concurrency = 3
            route_criteria = ["table_names CONTAINS 'sales_history'"]
            ```

            The tables may also stand under `[proxy.workload_routing]`; not under both at once. A key that nobody knows, a value of the
            wrong type or out of bounds and a criterion that cannot be read are refused at the first connection (SQLState `F0000`), all of
            them at once, each with file, line, column and what to mend. `./helios check helios.toml` says the same without a database.

            ## Where it comes from

            The first that is there counts:

            1. the connection property or URL parameter `helios.config`: a path, or `classpath:` and a resource's name
            2. the system property `helios.config`
            3. `helios.toml` on the class path: the thread's context class loader, then the driver's own
            4. the defaults

            Over it go the connection's own properties and URL parameters: `helios.` and a key's name below `workload_routing`, with dots,
            such as `helios.discipline=fifo`, `helios.fast_lane.max_concurrency=1`, `helios.classes.reports.max_concurrency=3`. Lists are
            separated by commas: `helios.agreements=a.xml,b.xml`; there, file names are relative to the working directory. Three more
            parameters are no keys of the file: `helios.config`, `helios.manager` (the name of the workload manager to share, where it is not
            one per database) and `helios.driver` (the class of the vendor's driver).

            All connections of a JVM to one database share a workload manager, and the first one's configuration makes it. A later connection
            uses the configuration that is in force. If it gives settings of its own, they must be the same; otherwise it is refused. A workload manager ends a minute
            after its last connection was closed; a connection that comes later makes a new one and reads the file again. One that comes within that minute with
            other settings has its way, if there is no fault in them.

            ## When a file changes

            The file and the agreements are looked at every `reload_ms`; for all workload managers of a JVM one thread does it, and it reads
            only what has another size, time or place on the disk than before. A change is in force one look after it was seen, when the file
            has stood still for that long, so that nobody reads what is half written. Properties and URL parameters stand over the new file as
            they did over the old one, those of a later connection that agreed with it, too. Resources of the class path are not looked at.

            - Requests that wait go on waiting, in the order of the new discipline, and get what the new MPLs leave free; how long a request
              may wait was said when it came. Requests that run are not touched. A class that is gone takes nothing more, and who waits in it
              is served. When `dry_run` becomes true, nobody waits on.
            - Accounts go on with their counts. Other terms hold for what was counted in the running interval, too; a load that has got a
              penalty begins anew; a load that is no longer agreed is settled as it stands. The log says so for each.
            - A faulty file is refused as a whole: its faults are logged once and stand in `SHOW HELIOS CONFIG`, each with file, line and
              column, and everything stays as it was. The same happens when a file that is named by its full name is gone, or when the configuration
              is suddenly empty, as a full disk leaves it. Where a pattern matches one agreement fewer than before, that one is no longer agreed.
            - `enabled`, `accounts`, `accounts_checkpoint_ms`, `max_accounts`, `learning_file`, `database_estimates`, `export_metrics`, `connections` and
              all of `[workload_routing.pool]` but `reserve` cannot change while the workload manager is open, and neither can its name and whatever is a connection's
              own. The log names those that differ.

            A setting that is accepted but has no effect yet is named in a warning when the workload manager opens, and when its file changes.
            """;
}
