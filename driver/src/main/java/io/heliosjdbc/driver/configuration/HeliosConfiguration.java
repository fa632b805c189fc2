package io.heliosjdbc.driver.configuration;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one workload manager is told: settings in force and the agreements it keeps. Immutable.
 *
 * @param source the configuration file's name, or {@code defaults}
 * @param enabled whether statements are scheduled at all
 * @param scheduler how the scheduler works
 * @param queueing whether a request may wait at all; else no queue has room, whatever the files say of its depth
 * @param classifier how the classifier decides
 * @param learningFile what keeps what the learned classifier learned, or null
 * @param databaseEstimates whether the database is asked what it thinks of statements
 * @param agreements what was promised
 * @param accounts where the accounts are kept
 * @param reloadMillis how often it is looked whether a file has changed, 0 for never
 * @param penaltyDegree the degree k of opportunity cost and marginal gain
 * @param defaultEstimateNanos by class: how long a statement that was never seen is thought to take
 * @param pool the physical connections behind logical ones, or null where connections are one to one
 * @param observability what can be seen from outside
 * @param settings every setting in force with its origin
 * @param warnings what the one who wrote the configuration should know
 */
public record HeliosConfiguration(
        String source,
        boolean enabled,
        SchedulerSettings scheduler,
        boolean queueing,
        ClassifierSettings classifier,
        @Nullable Path learningFile,
        boolean databaseEstimates,
        Agreements agreements,
        Accounts accounts,
        long reloadMillis,
        double penaltyDegree,
        Map<String, Long> defaultEstimateNanos,
        @Nullable PoolSettings pool,
        Observability observability,
        List<Setting> settings,
        List<String> warnings) {
    /** What is decided once, when the workload manager opens. */
    private static final List<String> FIXED = Stream.of(
                    Keys.ENABLED,
                    Keys.ACCOUNTS,
                    Keys.ACCOUNTS_CHECKPOINT,
                    Keys.MAX_ACCOUNTS,
                    Keys.LEARNING_FILE,
                    Keys.DATABASE_ESTIMATES,
                    Keys.CONNECTIONS,
                    Keys.POOL_MINIMUM_IDLE,
                    Keys.POOL_CONNECTION_TIMEOUT,
                    Keys.POOL_IDLE_TIMEOUT,
                    Keys.POOL_MAX_LIFETIME,
                    Keys.POOL_VALIDATE_AFTER,
                    Keys.POOL_WARN_PINNED,
                    Keys.EXPORT_METRICS)
            .map(key -> Overrides.nameOf(key, key.section().path()))
            .toList();

    /** The source's name where there is no file. */
    public static final String DEFAULTS = "defaults";

    /** Copies the collections. */
    public HeliosConfiguration {
        defaultEstimateNanos = Map.copyOf(defaultEstimateNanos);
        settings = List.copyOf(settings);
        warnings = List.copyOf(warnings);
    }

    /**
     * Finds and reads the configuration, with the parameters of URL and properties over it.
     *
     * @param parameters by name, without {@code helios.}
     * @throws RefusedInputException with every fault of file, parameters and agreements
     */
    public static HeliosConfiguration load(Map<String, String> parameters) throws RefusedInputException {
        return load(parameters, new Inputs());
    }

    /**
     * Likewise, and says what it has read.
     *
     * @param inputs takes in what is read, also where it is refused
     */
    public static HeliosConfiguration load(Map<String, String> parameters, Inputs inputs) throws RefusedInputException {
        GivenValues values = new GivenValues();
        ConfigurationSource source = ConfigurationSource.find(parameters.get(Parameters.CONFIG), values, inputs);
        return ConfigurationReader.read(source, parameters, values, inputs);
    }

    /**
     * Reads one file and the agreements it names, and nothing else.
     *
     * @throws RefusedInputException with every fault of file and agreements
     */
    public static HeliosConfiguration loadFile(Path file) throws RefusedInputException {
        GivenValues values = new GivenValues();
        String name = file.toString();
        Inputs inputs = new Inputs();
        return ConfigurationReader.read(
                ConfigurationSource.file(name, Place.file(name), values, inputs), Map.of(), values, inputs);
    }

    /** What is wrong with agreements that this configuration does not name, if it did: the service classes that it does not have. */
    public List<Fault> unknownClasses(Agreements beside) {
        List<String> known =
                scheduler.classes().stream().map(ServiceClassSettings::name).toList();
        List<Fault> faults = new ArrayList<>();
        for (UserLoad load : beside.userLoads()) {
            String named = load.serviceClass();
            if (named != null && !known.contains(named)) {
                faults.add(beside.fault(
                        load,
                        "user load '" + load.name() + "' names the service class '" + named + "', which " + source
                                + " does not have",
                        "name one of " + String.join(", ", known)));
            }
        }
        return faults;
    }

    /** What cannot change while the workload manager is open, and is different here: the names of the settings. */
    public List<String> cannotFollow(HeliosConfiguration inForce) {
        return FIXED.stream()
                .filter(name ->
                        !setting(name).value().equals(inForce.setting(name).value()))
                .toList();
    }

    /** This configuration with what cannot change while a workload manager is open as it is in force. */
    public HeliosConfiguration following(HeliosConfiguration inForce) {
        return new HeliosConfiguration(
                source,
                inForce.enabled,
                scheduler,
                queueing,
                classifier,
                inForce.learningFile,
                inForce.databaseEstimates,
                agreements,
                inForce.accounts,
                reloadMillis,
                penaltyDegree,
                defaultEstimateNanos,
                inForce.pool == null || pool == null ? inForce.pool : inForce.pool.sized(pool.maximumSize()),
                new Observability(
                        observability.logDecisions(),
                        observability.logLevel(),
                        observability.trackViolations(),
                        inForce.observability.exportMetrics()),
                settings.stream()
                        .map(each -> FIXED.contains(each.name()) ? inForce.setting(each.name()) : each)
                        .toList(),
                warnings);
    }

    /**
     * Holds the parameters of a later session against this configuration. What they do not say, they take as it is; what
     * they say must be what is in force.
     *
     * @throws RefusedInputException with every parameter that contradicts, is unknown or is faulty
     */
    public void agreeWith(Map<String, String> parameters) throws RefusedInputException {
        if (parameters.isEmpty()) {
            return;
        }
        GivenValues values = new GivenValues();
        Overrides.read(parameters, values);
        List<Fault> faults = new ArrayList<>(values.faults());
        String config = parameters.get(Parameters.CONFIG);
        if (config != null
                && (source.equals(DEFAULTS)
                        || !ConfigurationSource.identity(config).equals(ConfigurationSource.identity(source)))) {
            faults.add(contradiction(Parameters.CONFIG, config, source, source));
        }
        parameters.keySet().stream().sorted().forEach(name -> {
            Given given = values.get(name);
            if (given == null) {
                return;
            }
            String value = ConfigurationReader.shown(given.value());
            Setting inForce = setting(name);
            if (!inForce.value().equals(value)) {
                faults.add(contradiction(name, value, inForce.value(), inForce.origin()));
            }
        });
        if (!faults.isEmpty()) {
            throw new RefusedInputException(faults);
        }
    }

    private Setting setting(String name) {
        return settings.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(new Setting(name, "", "default"));
    }

    private static Fault contradiction(String name, String value, String inForce, String origin) {
        return Place.property(name)
                .fault(
                        "it says '" + value + "', but the workload manager that is open already has '" + inForce + "' ("
                                + origin + ")",
                        "give the same value, or a workload manager of its own by helios.manager");
    }
}
