package io.heliosjdbc.classifier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Agreement;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Names;
import io.heliosjdbc.classifier.learned.Lane;
import io.heliosjdbc.classifier.learned.Probabilities;
import io.heliosjdbc.classifier.learned.Verdict;
import io.heliosjdbc.classifier.reading.CutText;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Maps requests to user loads and service classes (thesis 1.1, service mapping). Thread-safe.
 *
 * <p>The service class comes from the first of these that names one: the hints {@code class}, {@code workload} and
 * {@code priority=background}; the user load; the learned classifier, where it is asked and sure enough; the lanes' criteria,
 * in the order of the settings; the default class. The user
 * load comes from the hint {@code load}, else from the first one in the agreements that matches; a request without any
 * priority is of medium priority, and critical and background ones count as high and low where no user load matches them as
 * what they are. What matches nothing belongs to {@link #DEFAULT_LOAD}, or to the agreements' own load of that name. The tier of
 * tenants comes from the hint {@code tier}, else from the tenant, else from the user load.
 */
public final class Classifier {
    /** The load of requests that no agreement describes: nothing is promised for it. */
    public static final UserLoad DEFAULT_LOAD = new UserLoad("default", null, AccountPer.LOAD, List.of(), null, null);

    /** 16 Mi characters of text. */
    private static final long CACHE_WEIGHT = 16L << 20;

    /** Stands for this classifier where its decisions are kept. */
    private final Object mark = new Object();

    private final @Nullable Set<String> hintsAllowedFor;
    private final @Nullable LearnedClassifier learned;
    private final @Nullable DatabaseEstimates estimates;
    private final LoadMap loads;
    private final TierMap tiers;
    private final ServiceMap classes;
    private final Cache<String, StatementProfile> profiles;
    private final BoundedLog ignoredHints = new BoundedLog();
    /** Of the text read last, for the next one; whoever finds none makes its own. */
    private final AtomicReference<@Nullable Tokens> worn = new AtomicReference<>();

    private volatile DoubleQuotes quotes = DoubleQuotes.EITHER;

    /**
     * A classifier with an empty cache.
     *
     * @throws IllegalArgumentException where a user load names a service class that the settings do not have
     */
    public Classifier(ClassifierSettings settings, Agreements agreements) {
        this(settings, null, agreements);
    }

    /**
     * A classifier with an empty cache that asks the learned classifier before the criteria.
     *
     * @param learned how it decides, or null where the criteria alone do
     * @throws IllegalArgumentException where a user load names a service class that the settings do not have
     */
    public Classifier(ClassifierSettings settings, @Nullable LearnedSettings learned, Agreements agreements) {
        this(settings, learned, null, agreements);
    }

    /**
     * A classifier with an empty cache that knows what the database thinks of statements.
     *
     * @param learned how the learned classifier decides, or null where the criteria alone do
     * @param estimates the database's estimates, or null where there are none
     * @throws IllegalArgumentException where a user load names a service class that the settings do not have
     */
    public Classifier(
            ClassifierSettings settings,
            @Nullable LearnedSettings learned,
            @Nullable DatabaseEstimates estimates,
            Agreements agreements) {
        this(settings, learned, estimates, agreements.all());
    }

    Classifier(ClassifierSettings settings, List<Agreement> agreements) {
        this(settings, null, agreements);
    }

    Classifier(ClassifierSettings settings, @Nullable LearnedSettings learned, List<Agreement> agreements) {
        this(settings, learned, null, agreements);
    }

    private Classifier(
            ClassifierSettings settings,
            @Nullable LearnedSettings learned,
            @Nullable DatabaseEstimates estimates,
            List<Agreement> agreements) {
        this.estimates = estimates;
        Map<String, String> agreementOf = new HashMap<>();
        for (Agreement agreement : agreements) {
            agreement.userLoads().forEach(load -> agreementOf.putIfAbsent(load.name(), agreement.id()));
        }
        List<UserLoad> all = agreements.stream()
                .flatMap(agreement -> agreement.userLoads().stream())
                .toList();
        this.hintsAllowedFor = settings.hintsAllowedFor();
        this.loads = new LoadMap(all, agreementOf);
        this.tiers = new TierMap(settings.tiers());
        this.learned = learned == null ? null : new LearnedClassifier(learned);
        this.classes = new ServiceMap(settings, this.learned);
        this.profiles = Caffeine.newBuilder()
                .maximumWeight(CACHE_WEIGHT)
                .weigher((String sql, StatementProfile profile) -> profile.weight())
                .executor(Runnable::run)
                .build();
        for (UserLoad load : all) {
            if (load.serviceClass() != null && !classes.has(load.serviceClass())) {
                throw new IllegalArgumentException("user load " + load.name() + " goes to service class "
                        + load.serviceClass() + ", which the configuration does not have");
            }
        }
    }

    /** Says what the database has between double quotes; until then nobody knows. Texts that were read before are read anew. */
    public void doubleQuotes(DoubleQuotes are) {
        if (quotes != are) {
            quotes = are;
            profiles.invalidateAll();
        }
    }

    /**
     * What a statement's text tells; cached per text, bounded. Never fails: any text at all has a profile. Texts that differ in nothing but
     * sqlcommenter's {@code traceparent} are one to the cache, and share what is known and decided of them.
     */
    public StatementProfile profile(String sql) {
        StatementProfile known = profiles.getIfPresent(sql);
        return known == null ? firstSight(sql) : known;
    }

    private StatementProfile firstSight(String sql) {
        TracedText traced = TracedText.of(sql);
        StatementProfile untraced = traced == null ? null : profile(traced.untraced());
        if (traced != null
                && untraced != null
                && untraced.kind() == StatementKind.WORK
                && TracedText.NOBODY.equals(untraced.traceparent())) {
            return untraced.traced(sql, traced.traceparent());
        }
        // Not in the cache's own computation, which would make others wait for a long text.
        Tokens tokens = Lexer.readInto(worn.getAndSet(null), sql);
        CutText text = CutText.of(tokens, quotes);
        StatementProfile profile = new StatementProfile(text);
        if (learned != null) {
            learned.meet(profile, text.tokens());
        }
        if (tokens.isWorthKeeping()) {
            worn.set(tokens);
        }
        profile.refusedHints()
                .forEach((key, value) -> ignoredHints.ignored(key.inWords(value), "give " + key.expected()));
        StatementProfile first = profiles.asMap().putIfAbsent(sql, profile);
        return first == null ? profile : first;
    }

    /**
     * Decides where a request goes; cached in the profile.
     *
     * @param inTransaction whether the request is part of an explicit transaction
     */
    public Classification classify(StatementProfile profile, Attributes attributes, boolean inTransaction) {
        Verdict verdict = learned == null ? null : learned.verdict(profile);
        Estimate estimate = estimate(profile);
        Classification known = profile.decisions().find(mark, attributes, inTransaction, verdict, estimate);
        if (known != null) {
            return known;
        }
        Classification decided = decide(profile, attributes, inTransaction, verdict, estimate);
        return profile.decisions().keep(mark, attributes, inTransaction, verdict, estimate, decided);
    }

    Object mark() {
        return mark;
    }

    private @Nullable Estimate estimate(StatementProfile profile) {
        DatabaseEstimates.OfTemplate template = template(profile);
        return template == null ? null : template.now();
    }

    private DatabaseEstimates.@Nullable OfTemplate template(StatementProfile profile) {
        DatabaseEstimates asked = estimates;
        if (asked == null) {
            return null;
        }
        StatementProfile.EstimatesLink link = profile.estimates();
        if (link != null && link.owner() == asked) {
            return link.template();
        }
        DatabaseEstimates.OfTemplate template = asked.of(profile);
        if (template != null) {
            profile.estimates(new StatementProfile.EstimatesLink(asked, template));
        }
        return template;
    }

    /**
     * How probable each built-in service class is by the learned classifier, measured times included; they add up to one.
     * Empty where the criteria alone decide.
     */
    public Map<String, Double> probabilities(StatementProfile profile) {
        if (learned == null) {
            return Map.of();
        }
        Probabilities probabilities = learned.verdict(profile).probabilities();
        Map<String, Double> byClass = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            byClass.put(lane.className(), probabilities.of(lane));
        }
        return byClass;
    }

    /** Whether the learned classifier decides, and learns on. */
    public boolean learns() {
        return learned != null && learned.learns();
    }

    /**
     * Tells how long a statement that did not fail took, once it had its slot; without effect where it does not measure. Takes
     * no lock that anybody waits with.
     *
     * @param nanos its execution time, without the time in the queue
     */
    public void executed(StatementProfile profile, long nanos) {
        if (learned != null) {
            learned.executed(profile, nanos);
        }
        DatabaseEstimates.OfTemplate template = template(profile);
        if (template != null) {
            template.executed(nanos);
        }
    }

    /** What was learned from execution times, to be kept over a restart; empty where the criteria alone decide. */
    public byte[] learningSnapshot() {
        return learned == null ? new byte[0] : learned.snapshot();
    }

    /**
     * Takes over what a snapshot holds; without effect where the criteria alone decide.
     *
     * @throws IOException where the bytes are no snapshot, or damaged; nothing is taken over then
     */
    public void restoreLearning(byte[] snapshot) throws IOException {
        if (learned != null && snapshot.length > 0) {
            learned.restore(snapshot);
        }
    }

    /**
     * How many hints named no priority, workload, class, load or tier that there is, no number where one belongs, or what the connection
     * says otherwise. A text that is still cached is counted once, and its decision once per set of attributes.
     */
    public long ignoredHints() {
        return ignoredHints.count();
    }

    private Classification decide(
            StatementProfile profile,
            Attributes attributes,
            boolean inTransaction,
            @Nullable Verdict verdict,
            @Nullable Estimate estimate) {
        boolean restricted = isRestricted(attributes);
        Situation situation = situation(profile, attributes, inTransaction, estimate);
        Mapping mapping = map(situation, verdict);
        if (restricted) {
            Situation lowered = situation.lowered();
            Mapping lower = lowered.equals(situation) ? mapping : map(lowered, verdict);
            if (lower.isAtMost(mapping)) {
                situation = lowered;
                mapping = lower;
            }
        }
        Hints hints = situation.hints();
        return new Classification(
                mapping.serviceClass().serviceClass(),
                mapping.load().load(),
                accountOwner(mapping.load().load(), situation),
                hints.transaction() != null ? hints.transaction() : profile.templateName(),
                profile.templateName(),
                situation.priority(),
                mapping.reason() + unheard(situation, attributes, restricted) + ignored(profile, hints),
                hints.deadlineMillis(),
                hints.estimateMillis() != null ? hints.estimateMillis() : wholeMillis(estimate),
                estimate,
                situation.tenant(),
                mapping.tier().tier(),
                origin(situation, attributes));
    }

    private boolean isRestricted(Attributes attributes) {
        return hintsAllowedFor != null && (attributes.user() == null || !hintsAllowedFor.contains(attributes.user()));
    }

    private Situation situation(
            StatementProfile profile, Attributes attributes, boolean inTransaction, @Nullable Estimate estimate) {
        return isRestricted(attributes)
                ? Situation.ofConnection(profile, attributes, inTransaction, estimate)
                : Situation.of(profile, attributes, inTransaction, estimate);
    }

    /**
     * Every feature that criteria would see of a request now, with its value, in a fixed order; what is not known is absent.
     *
     * @param inTransaction whether the request is part of an explicit transaction
     */
    public Map<String, Object> features(StatementProfile profile, Attributes attributes, boolean inTransaction) {
        Situation situation = situation(profile, attributes, inTransaction, estimate(profile));
        Map<String, Object> features = new LinkedHashMap<>();
        for (Feature feature : Feature.values()) {
            Object value = situation.value(feature);
            if (value != null) {
                features.put(feature.featureName(), value);
            }
        }
        return features;
    }

    private Mapping map(Situation situation, @Nullable Verdict verdict) {
        LoadMap.Found load = loads.find(situation);
        return new Mapping(
                load,
                classes.find(situation, load, verdict),
                tiers.find(situation, load.load().name()));
    }

    /** Hints that may not be given here, for the reason. */
    private String unheard(Situation situation, Attributes attributes, boolean restricted) {
        Hints comment = situation.profile().hints();
        if (restricted) {
            List<String> withheld = situation.unheard(comment.orElse(attributes.hints()));
            return withheld.isEmpty() ? "" : "; not allowed to this user: hint " + String.join(", ", withheld);
        }
        List<String> overruled = situation.unheard(comment);
        overruled.forEach(hint -> ignoredHints.ignored(hint, "the connection says otherwise"));
        return overruled.isEmpty() ? "" : "; overruled by the connection: hint " + String.join(", ", overruled);
    }

    /** Hints that name nothing, for the reason. */
    private String ignored(StatementProfile profile, Hints hints) {
        StringBuilder ignored = new StringBuilder();
        profile.refusedHints().forEach((key, value) -> append(ignored, key.inWords(value), key));
        if (hints.serviceClass() != null && !classes.has(hints.serviceClass())) {
            ignore(ignored, HintKey.CLASS, hints.serviceClass());
        }
        if (hints.userLoad() != null && loads.load(hints.userLoad()) == null) {
            ignore(ignored, HintKey.LOAD, hints.userLoad());
        }
        if (hints.tier() != null && !tiers.has(hints.tier())) {
            ignore(ignored, HintKey.TIER, hints.tier());
        }
        return ignored.toString();
    }

    private void ignore(StringBuilder reason, HintKey key, String value) {
        String hint = key.inWords(value);
        ignoredHints.ignored(hint, "give " + key.expected());
        append(reason, hint, key);
    }

    private static void append(StringBuilder reason, String hint, HintKey key) {
        reason.append("; ignored: hint ")
                .append(Names.printable(hint))
                .append(", give ")
                .append(key.expected());
    }

    /** One instance where nothing is to be said. */
    private static Origin origin(Situation situation, Attributes attributes) {
        String application = attributes.application() == null ? situation.application() : null;
        String client = attributes.client() == null ? situation.client() : null;
        return application == null && client == null ? Origin.NONE : new Origin(application, client);
    }

    private static @Nullable Long wholeMillis(@Nullable Estimate estimate) {
        return estimate == null ? null : estimate.wholeDurationMillis();
    }

    /** Null too where the load has an account for each of something that this request does not name. */
    private static @Nullable String accountOwner(UserLoad load, Situation situation) {
        return switch (load.accountPer()) {
            case LOAD -> null;
            case USER -> situation.user();
            case APPLICATION -> situation.application();
            case CLIENT -> situation.client();
            case TENANT -> situation.tenant();
        };
    }
}
