package io.heliosjdbc.driver.configuration;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.LaneSettings;
import io.heliosjdbc.classifier.RouteMatch;
import io.heliosjdbc.classifier.TenantTier;
import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.TierSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Makes a configuration of given values and defaults. Not thread-safe. */
final class ConfigurationReader {
    private static final String FAST_LANE = "fast_lane";

    private final GivenValues values;
    private final Inputs inputs;
    private final List<String> classes = new ArrayList<>();
    private final List<String> disabled = new ArrayList<>();

    private ConfigurationReader(GivenValues values, Inputs inputs) {
        this.values = values;
        this.inputs = inputs;
    }

    /** Reads a source, null for none, with parameters over it. */
    static HeliosConfiguration read(
            @Nullable ConfigurationSource source, Map<String, String> parameters, GivenValues values, Inputs inputs)
            throws RefusedInputException {
        if (source != null) {
            TomlDocument.read(source.name(), source.text(), values);
        }
        Overrides.read(parameters, values);
        return new ConfigurationReader(values, inputs).read(source);
    }

    private HeliosConfiguration read(@Nullable ConfigurationSource source) throws RefusedInputException {
        chooseClasses();
        checkFastLaneForTiers();
        List<ServiceClassSettings> serviceClasses = new ArrayList<>();
        Map<String, Long> estimates = new LinkedHashMap<>();
        for (String name : classes) {
            serviceClasses.add(serviceClass(name));
            double millis = number(Keys.DEFAULT_ESTIMATE, name);
            estimates.put(name, Math.max(1, Math.round(millis * TimeUnit.MILLISECONDS.toNanos(1))));
        }
        List<TenantTier> tenantTiers = tenantTiers();
        ClassifierSettings classifier = classifier(tenantTiers);
        Path learningFile = learningFile(source);
        Agreements agreements = new AgreementFiles(values, inputs).read(values.get(Keys.AGREEMENTS.name()), source);
        if (agreements != null) {
            checkLoads(agreements);
            checkTiersLoads(agreements);
        }
        Accounts accounts = Accounts.read(
                values.get(Keys.ACCOUNTS.name()),
                whole(Keys.ACCOUNTS_CHECKPOINT, ""),
                (int) whole(Keys.MAX_ACCOUNTS, ""),
                source,
                values);
        if (classifier == null || agreements == null || !values.faults().isEmpty()) {
            throw new RefusedInputException(inOrder(values.faults()));
        }
        return new HeliosConfiguration(
                source == null ? HeliosConfiguration.DEFAULTS : source.name(),
                flag(Keys.ENABLED),
                new SchedulerSettings(
                        text(Keys.DISCIPLINE, ""),
                        (int) whole(Keys.MAX_CONCURRENCY, ""),
                        lendAfterNanos(),
                        flag(Keys.DRY_RUN),
                        serviceClasses,
                        tiers()),
                flag(Keys.ENABLE_QUEUEING),
                classifier,
                learningFile,
                flag(Keys.DATABASE_ESTIMATES),
                agreements,
                accounts,
                whole(Keys.RELOAD, ""),
                number(Keys.PENALTY_DEGREE, ""),
                estimates,
                text(Keys.CONNECTIONS, "").equals("late") ? pool(serviceClasses) : null,
                new Observability(
                        flag(Keys.LOG_DECISIONS),
                        Level.valueOf(text(Keys.LOG_LEVEL, "").toUpperCase(Locale.ROOT)),
                        flag(Keys.TRACK_VIOLATIONS),
                        flag(Keys.EXPORT_METRICS)),
                settings(),
                warnings(serviceClasses, agreements));
    }

    /** File by file as they were read, each by line and column. */
    private static List<Fault> inOrder(List<Fault> faults) {
        List<String> files = faults.stream().map(Fault::file).distinct().toList();
        return faults.stream()
                .sorted(Comparator.<Fault>comparingInt(each -> files.indexOf(each.file()))
                        .thenComparingInt(Fault::line)
                        .thenComparingInt(Fault::column))
                .toList();
    }

    private PoolSettings pool(List<ServiceClassSettings> serviceClasses) {
        return new PoolSettings(
                flag(Keys.DRY_RUN) ? PoolSettings.UNBOUNDED : poolSize(serviceClasses),
                (int) whole(Keys.POOL_MINIMUM_IDLE, ""),
                whole(Keys.POOL_CONNECTION_TIMEOUT, ""),
                whole(Keys.POOL_IDLE_TIMEOUT, ""),
                whole(Keys.POOL_MAX_LIFETIME, ""),
                whole(Keys.POOL_VALIDATE_AFTER, ""),
                whole(Keys.POOL_WARN_PINNED, ""));
    }

    /** As many as may be in the database at once, and the reserve. */
    private int poolSize(List<ServiceClassSettings> serviceClasses) {
        long admitted = serviceClasses.stream()
                .mapToLong(ServiceClassSettings::maxConcurrency)
                .sum();
        long total = whole(Keys.MAX_CONCURRENCY, "");
        if (total > 0) {
            admitted = Math.min(admitted, total);
        }
        return (int) Math.min(Integer.MAX_VALUE, admitted + whole(Keys.POOL_RESERVE, ""));
    }

    private List<String> warnings(List<ServiceClassSettings> serviceClasses, Agreements agreements) {
        List<String> warnings = new ArrayList<>(values.warnings());
        warnings.addAll(agreements.withoutEffect());
        List<String> limited = classes.stream()
                .map(name -> nameOf(Keys.MAX_ESTIMATED_COST, name))
                .filter(name -> values.get(name) != null)
                .toList();
        if (!limited.isEmpty() && !flag(Keys.DATABASE_ESTIMATES)) {
            warnings.add("Without " + nameOf(Keys.DATABASE_ESTIMATES, "") + " = true these settings have no effect: "
                    + String.join(", ", limited));
        }
        warnAboutSlots(warnings);
        for (ServiceClassSettings each : serviceClasses) {
            if (each.starvationBoundNanos() < Long.MAX_VALUE
                    && each.starvationBoundNanos() >= each.queueTimeoutNanos()) {
                warnings.add(nameOf(Keys.STARVATION_BOUND, each.name())
                        + " has no effect, for who waits in the class gives up before: its queue timeout is "
                        + TimeUnit.NANOSECONDS.toMillis(each.queueTimeoutNanos()) + " ms");
            }
        }
        return warnings;
    }

    /** Where all slots are kept for tiers, nobody else ever gets one: that can be meant, and should be known. */
    private void warnAboutSlots(List<String> warnings) {
        long kept = 0;
        for (String tier : values.tiers()) {
            kept += whole(Keys.GUARANTEED_SLOTS, tier);
        }
        for (String each : List.of(nameOf(Keys.CLASS_MAX_CONCURRENCY, FAST_LANE), nameOf(Keys.MAX_CONCURRENCY, ""))) {
            long slots = each.equals(Keys.MAX_CONCURRENCY.name())
                    ? whole(Keys.MAX_CONCURRENCY, "")
                    : whole(Keys.CLASS_MAX_CONCURRENCY, FAST_LANE);
            if (kept > 0 && kept == slots) {
                warnings.add("All " + slots + " slots of " + each
                        + " are guaranteed to tiers: requests for which none is kept wait for ever");
            }
        }
    }

    private List<TierSettings> tiers() {
        return values.tiers().stream()
                .map(each -> new TierSettings(each, number(Keys.PRIORITY_BOOST, each)))
                .toList();
    }

    private List<TenantTier> tenantTiers() {
        List<TenantTier> tiers = new ArrayList<>();
        Map<String, String> tierOf = new HashMap<>();
        for (String tier : values.tiers()) {
            Set<String> tenants = texts(Keys.TENANTS, tier);
            for (String tenant : tenants) {
                String other = tierOf.putIfAbsent(tenant, tier);
                if (other != null) {
                    values.fault(
                            placeOf(Keys.TENANTS, tier, tenant),
                            "tenant '" + tenant + "' is of tier '" + other + "' already",
                            "leave it to one of them");
                }
            }
            tiers.add(new TenantTier(tier, tenants, texts(Keys.TIER_USER_LOADS, tier)));
        }
        return tiers;
    }

    private Set<String> texts(Key key, String tier) {
        Set<String> texts = new LinkedHashSet<>();
        if (value(key, tier) instanceof List<?> given) {
            given.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }

    /** Where a text of a list stands. */
    private Place placeOf(Key key, String tier, String text) {
        Given given = values.get(nameOf(key, tier));
        if (given == null) {
            return Place.file(nameOf(key, tier));
        }
        return given.elements().stream()
                .filter(each -> text.equals(each.value()))
                .map(Given::place)
                .findFirst()
                .orElse(given.place());
    }

    private void checkTiersLoads(Agreements agreements) {
        Set<String> known = new LinkedHashSet<>();
        agreements.userLoads().forEach(each -> known.add(each.name()));
        known.add(Classifier.DEFAULT_LOAD.name());
        Map<String, String> tierOf = new HashMap<>();
        for (String tier : values.tiers()) {
            for (String load : texts(Keys.TIER_USER_LOADS, tier)) {
                String other = tierOf.putIfAbsent(load, tier);
                if (!known.contains(load)) {
                    values.fault(
                            placeOf(Keys.TIER_USER_LOADS, tier, load),
                            "no agreement has a user load '" + load + "'",
                            "name one of " + String.join(", ", known));
                } else if (other != null) {
                    values.fault(
                            placeOf(Keys.TIER_USER_LOADS, tier, load),
                            "user load '" + load + "' is of tier '" + other + "' already",
                            "leave it to one of them");
                }
            }
        }
    }

    /** What the tiers' entries keep of a class with so many slots; nothing, with a fault, where that is more than there is. */
    private Map<String, Integer> guaranteedSlots(String serviceClass, long slots) {
        Map<String, Integer> guaranteed = new LinkedHashMap<>();
        if (!serviceClass.equals(FAST_LANE)) {
            return guaranteed;
        }
        long sum = 0;
        Given last = null;
        long most = whole(Keys.MAX_CONCURRENCY, "");
        boolean total = most > 0 && most < slots;
        most = total ? most : slots;
        for (String tier : values.tiers()) {
            long own = whole(Keys.GUARANTEED_SLOTS, tier);
            if (own > 0) {
                last = sum <= most ? values.get(nameOf(Keys.GUARANTEED_SLOTS, tier)) : last;
                sum += own;
                guaranteed.put(tier, (int) own);
            }
        }
        if (last == null || sum <= most) {
            return guaranteed;
        }
        String mpl = total ? nameOf(Keys.MAX_CONCURRENCY, "") : nameOf(Keys.CLASS_MAX_CONCURRENCY, FAST_LANE);
        values.fault(
                last.place(),
                "the tiers are guaranteed " + sum + " slots of fast_lane together, but " + mpl + " is " + most,
                "guarantee fewer, or raise " + mpl);
        return Map.of();
    }

    private void checkFastLaneForTiers() {
        for (String tier : values.tiers()) {
            Given given = values.get(nameOf(Keys.GUARANTEED_SLOTS, tier));
            if (given != null && whole(Keys.GUARANTEED_SLOTS, tier) > 0 && disabled.contains(FAST_LANE)) {
                values.fault(
                        given.place(),
                        "tier '" + tier + "' is guaranteed slots of fast_lane, which is not enabled",
                        "enable fast_lane, or guarantee none");
            }
        }
    }

    /** The user's own classes as they stand in the file, then the built-in ones from the most to the least specific. */
    private void chooseClasses() {
        List<String> candidates = new ArrayList<>(values.ownClasses());
        candidates.addAll(List.of("background_queue", "parallel_lanes", "fast_lane"));
        for (String name : candidates) {
            (flag(Keys.CLASS_ENABLED, name) ? classes : disabled).add(name);
        }
    }

    private ServiceClassSettings serviceClass(String name) {
        boolean limited = flag(Keys.ADMISSION_ENABLED);
        boolean queueing = flag(Keys.ENABLE_QUEUEING);
        boolean rejecting = flag(Keys.REJECT_ON_OVERLOAD);
        if (limited && !queueing && !rejecting) {
            Given given = values.get(nameOf(Keys.ENABLE_QUEUEING, ""));
            values.faultOnce(
                    given == null ? Place.file(nameOf(Keys.ENABLE_QUEUEING, "")) : given.place(),
                    "enable_queueing and reject_on_overload are both false, so that nobody may wait and nobody is refused",
                    "set one of them to true");
        }
        Object concurrency = value(Keys.CLASS_MAX_CONCURRENCY, name);
        if (concurrency == null) {
            // A value that was given and refused is reported already.
            if (!values.refused(nameOf(Keys.CLASS_MAX_CONCURRENCY, name))) {
                values.fault(
                        values.placeOfClass(name),
                        "class " + name + " has no max_concurrency",
                        "say how many of its requests may be in the database at once");
            }
            concurrency = 1L;
        }
        Object ownDepth = value(Keys.CLASS_MAX_QUEUE_DEPTH, name);
        long depth = ownDepth instanceof Long own ? own : whole(Keys.MAX_QUEUE_DEPTH, "");
        Object ownTimeout = value(Keys.CLASS_QUEUE_TIMEOUT, name);
        long timeout = ownTimeout instanceof Long own ? own : whole(Keys.QUEUE_TIMEOUT, "");
        return new ServiceClassSettings(
                name,
                ((Long) concurrency).intValue(),
                limited && !queueing ? 0 : (int) depth,
                limited && timeout > 0 ? TimeUnit.MILLISECONDS.toNanos(timeout) : Long.MAX_VALUE,
                limited && (rejecting || !queueing),
                value(Keys.MAX_ESTIMATED_COST, name) instanceof Double cost ? cost : Double.POSITIVE_INFINITY,
                value(Keys.TARGET_P95, name) instanceof Double target
                        ? Math.round(target * TimeUnit.MILLISECONDS.toNanos(1))
                        : Long.MAX_VALUE,
                Boolean.TRUE.equals(value(Keys.YIELD_TO_FAST_LANE, name)),
                value(Keys.STARVATION_BOUND, name) instanceof Long bound
                        ? TimeUnit.MILLISECONDS.toNanos(bound)
                        : Long.MAX_VALUE,
                guaranteedSlots(name, (Long) concurrency));
    }

    private long lendAfterNanos() {
        if (text(Keys.SLOT_SCOPE, "").equals("statement")) {
            return 0;
        }
        long millis = whole(Keys.LEND, "");
        return millis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Null, with a fault, where the default class is none. */
    private @Nullable ClassifierSettings classifier(List<TenantTier> tiers) {
        List<LaneSettings> lanes = new ArrayList<>();
        for (String name : classes) {
            List<Criterion> criteria = criteria(name);
            if (!criteria.isEmpty()) {
                lanes.add(new LaneSettings(
                        name,
                        criteria,
                        RouteMatch.valueOf(text(Keys.ROUTE_MATCH, name).toUpperCase(Locale.ROOT))));
            }
        }
        String defaultClass = text(Keys.DEFAULT_CLASS, "");
        if (!classes.contains(defaultClass)) {
            Given given = values.get(nameOf(Keys.DEFAULT_CLASS, ""));
            if (given == null) {
                given = values.get(nameOf(Keys.CLASS_ENABLED, defaultClass));
            }
            values.fault(
                    given == null ? Place.file(nameOf(Keys.DEFAULT_CLASS, "")) : given.place(),
                    "classifier.default_class is '" + defaultClass + "', " + whyNot(defaultClass),
                    "name one of " + String.join(", ", classes));
            return null;
        }
        Set<String> hints = null;
        if (value(Keys.HINTS_ALLOWED_FOR, "") instanceof List<?> users) {
            hints = new LinkedHashSet<>();
            for (Object user : users) {
                hints.add(String.valueOf(user));
            }
        }
        return new ClassifierSettings(new LinkedHashSet<>(classes), lanes, defaultClass, hints, tiers);
    }

    /** A property's file is relative to the working directory, and so is a resource's; a file's to where the file lies. */
    private @Nullable Path learningFile(@Nullable ConfigurationSource source) {
        Given given = values.get(nameOf(Keys.LEARNING_FILE, ""));
        if (given == null) {
            return null;
        }
        Path directory = given.place().line() == 0 || source == null ? null : source.directory();
        try {
            Path file = (directory == null ? Path.of("") : directory).resolve(String.valueOf(given.value()));
            if (!Files.isDirectory(file)) {
                return file;
            }
            values.fault(given.place(), "'" + file + "' is a directory", "give the path of a file");
        } catch (InvalidPathException wrong) {
            values.fault(
                    given.place(),
                    "'" + given.value() + "' is no path: " + wrong.getReason(),
                    "give the path of a file");
        }
        return null;
    }

    private List<Criterion> criteria(String serviceClass) {
        List<Criterion> criteria = new ArrayList<>();
        Given given = values.get(nameOf(Keys.ROUTE_CRITERIA, serviceClass));
        if (given != null) {
            for (Given element : given.elements()) {
                try {
                    criteria.add(Criterion.parse(String.valueOf(element.value())));
                } catch (CriterionSyntaxException wrong) {
                    values.fault(
                            element.inside().apply(wrong.offset()), String.valueOf(wrong.getMessage()), wrong.mend());
                }
            }
        } else if (Keys.ROUTE_CRITERIA.standardFor(serviceClass) instanceof List<?> standard) {
            for (Object text : standard) {
                try {
                    criteria.add(Criterion.parse(String.valueOf(text)));
                } catch (CriterionSyntaxException wrong) {
                    throw new IllegalStateException("default criterion " + text, wrong);
                }
            }
        }
        return criteria;
    }

    private void checkLoads(Agreements agreements) {
        List<String> known = new ArrayList<>(classes);
        for (UserLoad load : agreements.userLoads()) {
            String named = load.serviceClass();
            if (named != null && !classes.contains(named)) {
                values.add(List.of(agreements.fault(
                        load,
                        "user load '" + load.name() + "' names the service class '" + named + "', " + whyNot(named),
                        "name one of " + String.join(", ", known))));
            }
        }
    }

    private String whyNot(String serviceClass) {
        return disabled.contains(serviceClass) ? "which is not enabled" : "which does not exist";
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        List<String> shown = new ArrayList<>(Section.BUILT_IN_CLASSES);
        shown.addAll(values.ownClasses());
        for (Key key : Keys.all()) {
            if (key.effect() == Key.Effect.FOREIGN || key.equals(Keys.TENANT_TIER)) {
                continue;
            }
            for (String place : places(key, shown)) {
                String name = nameOf(key, place);
                Given given = values.get(name);
                settings.add(new Setting(
                        name,
                        shown(value(key, place)),
                        given == null ? "default" : given.place().toString()));
            }
        }
        return settings;
    }

    /** Nothing given and given as nothing are two things: all users, or none. */
    static String shown(@Nullable Object value) {
        if (value instanceof List<?> texts && texts.isEmpty()) {
            return "[]";
        }
        String text = Parameters.text(value);
        return text == null ? "" : text;
    }

    /** The classes or tiers that have a value of the key. */
    private Collection<String> places(Key key, List<String> shownClasses) {
        return switch (key.section()) {
            case SERVICE_CLASS -> shownClasses;
            case TENANT_OVERRIDES -> values.tiers();
            default -> List.of("");
        };
    }

    /** @param place the class or the tier, where the key has a value for each */
    private static String nameOf(Key key, String place) {
        return Overrides.nameOf(
                key,
                switch (key.section()) {
                    case SERVICE_CLASS -> Section.pathOfClass(place);
                    case TENANT_OVERRIDES -> Section.pathOfTier(place);
                    default -> key.section().path();
                });
    }

    private @Nullable Object value(Key key, String serviceClass) {
        Given given = values.get(nameOf(key, serviceClass));
        return given != null ? given.value() : key.standardFor(serviceClass);
    }

    private boolean flag(Key key) {
        return flag(key, "");
    }

    private boolean flag(Key key, String serviceClass) {
        return Boolean.TRUE.equals(value(key, serviceClass));
    }

    private long whole(Key key, String serviceClass) {
        return value(key, serviceClass) instanceof Long number ? number : 0;
    }

    private double number(Key key, String serviceClass) {
        return value(key, serviceClass) instanceof Double number ? number : 0;
    }

    private String text(Key key, String serviceClass) {
        return String.valueOf(value(key, serviceClass));
    }
}
