package io.heliosjdbc.driver.configuration;

import static io.heliosjdbc.driver.configuration.Section.ADMISSION_CONTROL;
import static io.heliosjdbc.driver.configuration.Section.CLASSIFIER;
import static io.heliosjdbc.driver.configuration.Section.OBSERVABILITY;
import static io.heliosjdbc.driver.configuration.Section.POOL;
import static io.heliosjdbc.driver.configuration.Section.ROOT;
import static io.heliosjdbc.driver.configuration.Section.SERVICE_CLASS;
import static io.heliosjdbc.driver.configuration.Section.TENANT_OVERRIDES;

import io.heliosjdbc.driver.configuration.Key.Effect;
import io.heliosjdbc.driver.configuration.Key.Kind;
import io.heliosjdbc.slo.SloComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every configuration key, declared here and nowhere else. Immutable. */
public final class Keys {
    private static final double MOST = 1_000_000_000;
    private static final double MOST_ACCOUNTS = 1_000_000;

    static final Key ENABLED = Key.of(
            ROOT,
            "enabled",
            Kind.BOOLEAN,
            true,
            "`false` passes every statement straight through to the database; connections are one to one then.");
    static final Key DRY_RUN = Key.of(
            ROOT,
            "dry_run",
            Kind.BOOLEAN,
            false,
            "Decides, counts and reports everything, but delays and refuses nothing. There is no bound then to the physical"
                    + " connections of `connections = \"late\"`: there are as many as would be one to one.");
    static final Key DISCIPLINE = Key.of(
                    ROOT,
                    "discipline",
                    Kind.CHOICE,
                    "budget",
                    "The order in which waiting requests get slots; see [Scheduling](scheduling.md).")
            .choices("budget", "fifo", "static", "mefi", "fisher_krieger", "kafka");
    static final Key MAX_CONCURRENCY = Key.of(
                    ROOT,
                    "max_concurrency",
                    Kind.INTEGER,
                    0L,
                    "The MPL over all classes: how many requests may be in the database at once. 0: only the classes'"
                            + " own MPLs count.")
            .between(0, MOST);
    static final Key SLOT_SCOPE = Key.of(
                    ROOT,
                    "slot_scope",
                    Kind.CHOICE,
                    "transaction",
                    "What a slot is held for. `transaction`: to commit, rollback or close, lent while the transaction is"
                            + " idle. `statement`: for each statement alone.")
            .choices("transaction", "statement");
    static final Key LEND = Key.of(
                    ROOT,
                    "idle_in_transaction_lend_ms",
                    Kind.INTEGER,
                    100L,
                    "How long an idle transaction keeps its slot before it is lent to who waits, in milliseconds; longer"
                            + " than a program computes between two statements, shorter than a person thinks. 0: it"
                            + " keeps it to its end.")
            .between(0, MOST);
    static final Key PENALTY_DEGREE = Key.of(
                    ROOT,
                    "penalty_degree",
                    Kind.NUMBER,
                    6.0,
                    "The degree k of opportunity cost and marginal gain: how late the penalty rises within a service"
                            + " level. 1 rises evenly; 6 is calm until the next level is near.")
            .between(0.01, 100);
    static final Key AGREEMENTS = Key.of(
            ROOT,
            "agreements",
            Kind.TEXTS,
            List.of(),
            "The agreements: files or patterns such as `agreements/*.xml`, relative to this file, or `classpath:` names."
                    + " On the class path there are no patterns: name each."
                    + " With none the built-in agreement applies.");

    static final Key ACCOUNTS = Key.of(
            ROOT,
            "accounts",
            Kind.TEXT,
            Accounts.MEMORY,
            "Where the accounts are kept. `memory`: they end with the virtual machine. `file:` and a path, relative to this"
                    + " file: they outlive it, and what is owed is added to `PATH.settlements.jsonl`. `jdbc`: likewise in"
                    + " tables of the database, `helios_accounts` and `helios_settlements`, which are made where they are"
                    + " missing; it takes a connection of its own. See [Agreements](agreements.md#accounts-that-last).");
    static final Key ACCOUNTS_CHECKPOINT = Key.of(
                    ROOT,
                    "accounts_checkpoint_ms",
                    Kind.INTEGER,
                    1000L,
                    "How often accounts are written to their file or table, in milliseconds: the most that is lost when the virtual"
                            + " machine is killed.")
            .between(1, MOST);
    static final Key MAX_ACCOUNTS = Key.of(
                    ROOT,
                    "max_accounts",
                    Kind.INTEGER,
                    (long) SloComponent.DEFAULT_MAX_ACCOUNTS,
                    "How many accounts a user load keeps for its clients, users, applications or tenants. Those on which nothing was"
                            + " booked for the longest are folded into the load's own account; see"
                            + " [Agreements](agreements.md#many-accounts).")
            .between(1, MOST_ACCOUNTS);
    static final Key RELOAD = Key.of(
                    ROOT,
                    "reload_ms",
                    Kind.INTEGER,
                    2000L,
                    "How often it is looked whether this file or an agreement's has changed, in milliseconds; a change is"
                            + " in force one look after it was seen. 0: never.")
            .between(0, MOST);

    static final Key CONNECTIONS = Key.of(
                    ROOT,
                    "connections",
                    Kind.CHOICE,
                    "direct",
                    "`direct`: each connection has a connection of the vendor's. `late`: it takes one from a pool when the first"
                            + " request of a transaction has its slot, and gives it back at the end; needs HikariCP on the class"
                            + " path. See [Late binding](late-binding.md).")
            .choices("direct", "late");

    static final Key MODE = Key.of(
                    CLASSIFIER,
                    "mode",
                    Kind.CHOICE,
                    "rule_based",
                    "What decides where neither hint nor agreement does. `ml_based` falls back to the criteria.")
            .choices("rule_based", "ml_based");
    static final Key ADAPTIVE_LEARNING = Key.of(
            CLASSIFIER,
            "adaptive_learning",
            Kind.BOOLEAN,
            true,
            "Whether the learned classifier goes on learning from what statements turn out to be.");
    static final Key MIN_CONFIDENCE = Key.of(
                    CLASSIFIER,
                    "min_confidence",
                    Kind.NUMBER,
                    0.75,
                    "The confidence from which on the learned classifier decides.")
            .between(0, 1);
    static final Key LEARNING_FILE = Key.of(
            CLASSIFIER,
            "learning_file",
            Kind.TEXT,
            null,
            "The file that keeps what the learned classifier learned over a restart, relative to this file; one for each"
                    + " workload manager. Not given: it is forgotten. See [Classification](classification.md).");
    static final Key DATABASE_ESTIMATES = Key.of(
            CLASSIFIER,
            "database_estimates",
            Kind.BOOLEAN,
            false,
            "Whether the database is asked, in the background, what it thinks of statements before they run: costs and row"
                    + " counts for criteria and for `max_estimated_cost`. It takes a connection of its own while there is"
                    + " something to ask, and a plan of each statement every ten minutes. See"
                    + " [Classification](classification.md).");
    static final Key DEFAULT_CLASS = Key.of(
            CLASSIFIER, "default_class", Kind.TEXT, "fast_lane", "The service class of what nothing else decides.");
    static final Key HINTS_ALLOWED_FOR = Key.of(
            CLASSIFIER,
            "hints_allowed_for",
            Kind.TEXTS,
            null,
            "The database users whose hints may raise a priority. Not given: all of them. Compared exactly, in the case in which"
                    + " they log in; an empty list is nobody. See [Classification](classification.md#whose-word-counts).");

    static final Key CLASS_ENABLED =
            Key.of(SERVICE_CLASS, "enabled", Kind.BOOLEAN, true, "`false`: the class takes nothing.");
    static final Key CLASS_MAX_CONCURRENCY = Key.of(
                    SERVICE_CLASS,
                    "max_concurrency",
                    Kind.INTEGER,
                    null,
                    "The class's MPL: how many of its requests may be in the database at once. A class of your own must"
                            + " say it.")
            .between(1, MOST)
            .byClass(Map.of("fast_lane", 50L, "parallel_lanes", 4L, "background_queue", 2L));
    static final Key ROUTE_CRITERIA = Key.of(
                    SERVICE_CLASS,
                    "route_criteria",
                    Kind.CRITERIA,
                    List.of(),
                    "Expressions over a statement's [features](classification.md#what-criteria-can-ask-for): `=`, `!=`, `<`, `<=`, `>`, `>=`, `CONTAINS`, `AND`, `OR`,"
                            + " `NOT`, parentheses. Classes are asked in this order: your own as they stand in the"
                            + " file, `background_queue`, `parallel_lanes`, `fast_lane`.")
            .byClass(Map.of(
                    "fast_lane",
                    List.of("transaction_context = true", "join_count <= 2"),
                    "parallel_lanes",
                    List.of("select_only = true", "join_count > 2 OR has_group_by = true OR aggregation_count > 2"),
                    "background_queue",
                    List.of(
                            "bulk_operation = true",
                            "estimated_duration_ms > 60000",
                            "client_tag = 'background_job'")));
    static final Key ROUTE_MATCH = Key.of(
                    SERVICE_CLASS, "route_match", Kind.CHOICE, "all", "How many of the criteria must hold.")
            .choices("all", "any")
            .byClass(Map.of("background_queue", "any"));
    static final Key CLASS_MAX_QUEUE_DEPTH = Key.of(
                    SERVICE_CLASS,
                    "max_queue_depth",
                    Kind.INTEGER,
                    null,
                    "How many requests of the class may wait. Not given: as `admission_control` says.")
            .between(0, MOST);
    static final Key CLASS_QUEUE_TIMEOUT = Key.of(
                    SERVICE_CLASS,
                    "queue_timeout_ms",
                    Kind.INTEGER,
                    null,
                    "How long a request of the class may wait, in milliseconds; 0: for ever. Not given: as"
                            + " `admission_control` says.")
            .between(0, MOST);
    static final Key DEFAULT_ESTIMATE = Key.of(
                    SERVICE_CLASS,
                    "default_estimate_ms",
                    Kind.NUMBER,
                    100.0,
                    "How long a statement of the class is thought to take before it has been seen, in milliseconds.")
            .between(0.001, MOST)
            .byClass(Map.of("fast_lane", 10.0, "parallel_lanes", 1000.0, "background_queue", 10000.0));
    static final Key MAX_ESTIMATED_COST = Key.of(
                    SERVICE_CLASS,
                    "max_estimated_cost",
                    Kind.NUMBER,
                    null,
                    "The highest cost, by the database's own estimate, at which a statement is admitted, where it is not a"
                            + " further one of a transaction; needs `database_estimates`, and what the database has not been"
                            + " asked for yet is admitted. Not given: any.")
            .between(0, Double.MAX_VALUE);
    static final Key TARGET_P95 = Key.of(
                    SERVICE_CLASS,
                    "target_p95_latency_ms",
                    Kind.NUMBER,
                    null,
                    "The 95th percentile of response times that the class should keep, in milliseconds: classes with `yield_to_fast_lane` see to it."
                            + " Not given: what the agreements promise.")
            .between(0.001, MOST);
    static final Key YIELD_TO_FAST_LANE = Key.of(
                    SERVICE_CLASS,
                    "yield_to_fast_lane",
                    Kind.BOOLEAN,
                    false,
                    "Whether the class gives way: fewer of its requests than its MPL, down to one, are admitted while transactions of"
                            + " other classes miss what was promised, time out or are refused, or where more at once are not done sooner.")
            .byClass(Map.of("parallel_lanes", true, "background_queue", true));
    static final Key STARVATION_BOUND = Key.of(
                    SERVICE_CLASS,
                    "starvation_bound_ms",
                    Kind.INTEGER,
                    null,
                    "How long others may go before a request of the class that waits, in milliseconds: whoever has waited for so"
                            + " long goes next, the first one first, but not in slots that are kept for other tiers. Not given: no"
                            + " bound. See [Scheduling](scheduling.md#tiers-of-tenants).")
            .between(1, MOST);

    static final Key ADMISSION_ENABLED = Key.of(
            ADMISSION_CONTROL,
            "enabled",
            Kind.BOOLEAN,
            true,
            "`false`: whoever finds no slot free waits, however long the queue and the wait.");
    static final Key REJECT_ON_OVERLOAD = Key.of(
            ADMISSION_CONTROL,
            "reject_on_overload",
            Kind.BOOLEAN,
            true,
            "Whether a request that finds its class's queue full is refused; otherwise the depth is not limited.");
    static final Key ENABLE_QUEUEING = Key.of(
            ADMISSION_CONTROL,
            "enable_queueing",
            Kind.BOOLEAN,
            true,
            "`false`: nobody waits; a request that finds no slot free is refused.");
    static final Key MAX_QUEUE_DEPTH = Key.of(
                    ADMISSION_CONTROL, "max_queue_depth", Kind.INTEGER, 100L, "How many requests of a class may wait.")
            .between(0, MOST);
    static final Key QUEUE_TIMEOUT = Key.of(
                    ADMISSION_CONTROL,
                    "queue_timeout_ms",
                    Kind.INTEGER,
                    5000L,
                    "How long a request may wait, in milliseconds; 0: for ever.")
            .between(0, MOST);

    static final Key TENANT_TIER = Key.of(
            TENANT_OVERRIDES,
            "tenant_tier",
            Kind.TEXT,
            null,
            "The tier of tenants that the entry is for; each entry must say it. `standard` is the tier of whoever has no other.");
    static final Key TENANTS = Key.of(
            TENANT_OVERRIDES,
            "tenants",
            Kind.TEXTS,
            List.of(),
            "The tenants of the tier, as hints and client info name them. The hint `tier` goes before it; see"
                    + " [Classification](classification.md#tenants-and-tiers).");
    static final Key TIER_USER_LOADS = Key.of(
            TENANT_OVERRIDES,
            "user_loads",
            Kind.TEXTS,
            List.of(),
            "User loads of the agreements whose requests are of the tier, where neither hint nor tenant says which.");
    static final Key PRIORITY_BOOST = Key.of(
                    TENANT_OVERRIDES,
                    "priority_boost",
                    Kind.NUMBER,
                    1.0,
                    "By what the tier's penalties are multiplied where waiting requests are compared, in every class; `fifo` compares"
                            + " none.")
            .between(0.001, 1_000_000);
    static final Key GUARANTEED_SLOTS = Key.of(
                    TENANT_OVERRIDES,
                    "guaranteed_fast_lane_slots",
                    Kind.INTEGER,
                    0L,
                    "Slots of `fast_lane`, and of the MPL over all classes, that are kept for the tier: others do not take them, even"
                            + " while they are free.")
            .between(0, MOST);

    static final Key LOG_DECISIONS = Key.of(
            OBSERVABILITY,
            "log_routing_decisions",
            Kind.BOOLEAN,
            false,
            "Logs the class, user load and reason of each new decision to the logger `io.heliosjdbc.decisions`.");
    static final Key LOG_LEVEL = Key.of(
                    OBSERVABILITY, "log_level", Kind.CHOICE, "info", "The level at which decisions are logged.")
            .choices("trace", "debug", "info", "warn", "error");
    static final Key TRACK_VIOLATIONS = Key.of(
            OBSERVABILITY,
            "track_sla_violations",
            Kind.BOOLEAN,
            true,
            "Whether late transactions are counted in the metric `helios.sla.violations`.");
    static final Key EXPORT_METRICS = Key.of(
            OBSERVABILITY,
            "export_metrics",
            Kind.BOOLEAN,
            true,
            "Whether meters are registered with Micrometer's global registry, where Micrometer is on the class path.");

    static final Key POOL_RESERVE = Key.of(
                    POOL,
                    "reserve",
                    Kind.INTEGER,
                    5L,
                    "How many physical connections there may be beyond the MPLs: for what goes around the queue, for result"
                            + " sets that are still read, for idle transactions whose slot is lent, and for pinned connections.")
            .between(1, 10_000);
    static final Key POOL_MINIMUM_IDLE = Key.of(
                    POOL,
                    "minimum_idle",
                    Kind.INTEGER,
                    0L,
                    "How many idle connections are kept, however long nobody has used them.")
            .between(0, 10_000);
    static final Key POOL_CONNECTION_TIMEOUT = Key.of(
                    POOL,
                    "connection_timeout_ms",
                    Kind.INTEGER,
                    5000L,
                    "How long a request with a slot waits for a physical connection before it fails with 53H05, in"
                            + " milliseconds.")
            .between(250, MOST);
    static final Key POOL_IDLE_TIMEOUT = Key.of(
                    POOL,
                    "idle_timeout_ms",
                    Kind.INTEGER,
                    600_000L,
                    "How long a connection may be idle before it is closed, in milliseconds.")
            .between(10_000, MOST);
    static final Key POOL_MAX_LIFETIME = Key.of(
                    POOL,
                    "max_lifetime_ms",
                    Kind.INTEGER,
                    1_800_000L,
                    "How old a connection may become, in milliseconds; one that is in use is closed when it comes back.")
            .between(30_000, MOST);
    static final Key POOL_VALIDATE_AFTER = Key.of(
                    POOL,
                    "validate_after_ms",
                    Kind.INTEGER,
                    500L,
                    "A connection that was idle for longer is asked whether it still works before it is used, in milliseconds;"
                            + " 0: each time. More than 500 counts as 500.")
            .between(0, MOST);

    static final Key POOL_WARN_PINNED = Key.of(
                    POOL,
                    "warn_pinned_ms",
                    Kind.INTEGER,
                    60_000L,
                    "A connection that has been pinned for so long is logged once, with the reason, in milliseconds; 0: never.")
            .between(0, MOST);

    private static final List<Key> ALL = List.of(
            ENABLED,
            DRY_RUN,
            DISCIPLINE,
            MAX_CONCURRENCY,
            SLOT_SCOPE,
            LEND,
            PENALTY_DEGREE,
            AGREEMENTS,
            ACCOUNTS,
            ACCOUNTS_CHECKPOINT,
            MAX_ACCOUNTS,
            RELOAD,
            CONNECTIONS,
            MODE,
            ADAPTIVE_LEARNING,
            MIN_CONFIDENCE,
            LEARNING_FILE,
            DATABASE_ESTIMATES,
            DEFAULT_CLASS,
            HINTS_ALLOWED_FOR,
            CLASS_ENABLED,
            CLASS_MAX_CONCURRENCY,
            ROUTE_CRITERIA,
            ROUTE_MATCH,
            CLASS_MAX_QUEUE_DEPTH,
            CLASS_QUEUE_TIMEOUT,
            DEFAULT_ESTIMATE,
            MAX_ESTIMATED_COST,
            TARGET_P95,
            Key.of(
                            SERVICE_CLASS,
                            "target_completion_time_s",
                            Kind.NUMBER,
                            null,
                            "The time within which statements of the class should complete, in seconds.")
                    .between(0.001, MOST)
                    .effect(Effect.NOT_YET),
            Key.of(
                            SERVICE_CLASS,
                            "allow_preemption",
                            Kind.BOOLEAN,
                            null,
                            "Whether statements of other classes may be stopped in favour of this one.")
                    .effect(Effect.NOT_YET),
            YIELD_TO_FAST_LANE,
            STARVATION_BOUND,
            foreign("dedicated_cpu_cores", "Processors reserved for the class."),
            foreign("cpu_cores", "Processors that the class may use."),
            foreign("workers_per_query", "Threads per statement inside the database."),
            foreign("io_priority", "The class's priority at the database's disks."),
            foreign("pause_on_high_load", "Pausing while the database's processors are busy."),
            foreign("high_load_threshold", "How busy the database's processors must be for that."),
            ADMISSION_ENABLED,
            REJECT_ON_OVERLOAD,
            ENABLE_QUEUEING,
            MAX_QUEUE_DEPTH,
            QUEUE_TIMEOUT,
            TENANT_TIER,
            TENANTS,
            TIER_USER_LOADS,
            PRIORITY_BOOST,
            GUARANTEED_SLOTS,
            LOG_DECISIONS,
            LOG_LEVEL,
            TRACK_VIOLATIONS,
            EXPORT_METRICS,
            POOL_RESERVE,
            POOL_MINIMUM_IDLE,
            POOL_CONNECTION_TIMEOUT,
            POOL_IDLE_TIMEOUT,
            POOL_MAX_LIFETIME,
            POOL_VALIDATE_AFTER,
            POOL_WARN_PINNED);

    /** Tables outside {@code workload_routing} that belong to a database server; their content is not looked at. */
    static final List<String> FOREIGN_TABLES = List.of("database", "storage", "metrics");

    private Keys() {}

    private static Key foreign(String name, String description) {
        return Key.of(SERVICE_CLASS, name, Kind.ANYTHING, null, description).effect(Effect.FOREIGN);
    }

    /** Every key, in the order of the documentation. */
    public static List<Key> all() {
        return ALL;
    }

    /** The keys of a section, in the order of the documentation. */
    public static List<Key> of(Section section) {
        return ALL.stream().filter(key -> key.section() == section).toList();
    }

    /** The key of that name in a section, or null. */
    static @Nullable Key find(Section section, String name) {
        for (Key key : ALL) {
            if (key.section() == section && key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }
}
