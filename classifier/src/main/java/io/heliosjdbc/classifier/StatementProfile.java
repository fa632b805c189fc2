package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.learned.FeatureVector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement's text alone tells; computed once per text and cached. Immutable to its users, thread-safe. */
public final class StatementProfile {
    /** Objects and tables around the texts, in characters of two bytes. */
    private static final int FIXED_WEIGHT = 512;

    private final String sql;
    private final String template;
    private final StatementKind kind;
    private final TransactionEffect transactionEffect;
    private final Hints hints;
    private final Map<HintKey, Object> refusedHints;
    private final Tags tags;
    private final Features features;
    private final @Nullable String applicationName;
    private final boolean resetsApplicationName;
    private final @Nullable String schema;
    private final @Nullable String adminText;
    private final @Nullable String traceparent;
    /** Whose decisions and records it shares: that of the text without a trace, or itself. */
    private final StatementProfile shared;

    private final DecisionCache decisions;
    private volatile LearnedClassifier.@Nullable Link link;
    private volatile @Nullable EstimatesLink estimates;
    private volatile @Nullable UseLink use;
    private volatile @Nullable LastResult lastResult;

    /** What the text does to its session, by the rules of one dialect. */
    private record UseLink(Dialect dialect, SessionUse use) {}

    /**
     * What a profile holds of the database's estimates.
     *
     * @param owner whose they are
     * @param template the template's
     */
    record EstimatesLink(DatabaseEstimates owner, DatabaseEstimates.OfTemplate template) {}

    StatementProfile(Tokens tokens) {
        StatementScanner statements = new StatementScanner(tokens);
        HintReader reader = new HintReader();
        tokens.leadingComments().forEach(reader::read);
        tokens.trailingComments().forEach(reader::read);
        sql = tokens.sql();
        template = TemplateWriter.write(tokens);
        kind = statements.kind();
        transactionEffect = statements.effect();
        hints = reader.hints();
        refusedHints = reader.refused();
        tags = reader.tags();
        features = FeatureScanner.scan(tokens, statements.statements());
        applicationName = statements.applicationName();
        resetsApplicationName = statements.resetsApplicationName();
        schema = statements.schema();
        adminText = statements.adminText();
        traceparent = tags.traceparent();
        shared = this;
        decisions = new DecisionCache();
    }

    /** The profile of a text that differs from another one in its trace alone. */
    private StatementProfile(StatementProfile untraced, String sql, String traceparent) {
        this.sql = sql;
        this.traceparent = traceparent;
        template = untraced.template;
        kind = untraced.kind;
        transactionEffect = untraced.transactionEffect;
        hints = untraced.hints;
        refusedHints = untraced.refusedHints;
        tags = untraced.tags;
        features = untraced.features;
        applicationName = untraced.applicationName;
        resetsApplicationName = untraced.resetsApplicationName;
        schema = untraced.schema;
        adminText = untraced.adminText;
        shared = untraced.shared;
        decisions = untraced.decisions;
    }

    /** The profile of a text that has another trace in the place of this one's, and nothing else that is different. */
    StatementProfile traced(String text, String trace) {
        return new StatementProfile(this, text, trace);
    }

    /** The text, or the one that all have in common that differ from it in their trace alone. */
    String untraced() {
        return shared.sql;
    }

    /** The W3C's Trace Context that its comment names, of 55 characters; else null. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    static StatementProfile of(String sql) {
        return new StatementProfile(Lexer.read(sql));
    }

    /** The text as the application sent it. */
    public String sql() {
        return sql;
    }

    /** The text with literals replaced by {@code ?}, comments removed and white space folded: what statements share. */
    public String template() {
        return template;
    }

    /** What the text means to the driver. */
    public StatementKind kind() {
        return kind;
    }

    /**
     * What the text does to the transaction, by its words: {@code COMMIT AND CHAIN} is a {@link StatementKind#COMMIT} that
     * leaves a transaction open, and {@code BEGIN; UPDATE ..; COMMIT} is {@link StatementKind#WORK} that leaves none open.
     */
    public TransactionEffect transactionEffect() {
        return transactionEffect;
    }

    /** What its comments say. */
    public Hints hints() {
        return hints;
    }

    /** Of known keys what they do not take. */
    Map<HintKey, Object> refusedHints() {
        return refusedHints;
    }

    /** What its comments say beside hints. */
    Tags tags() {
        return tags;
    }

    /** What is known of it for the criteria. */
    public Features features() {
        return features;
    }

    /** The application name that {@code SET application_name} sets for the rest of the session; else null. */
    public @Nullable String applicationName() {
        return applicationName;
    }

    /** Whether the application name becomes the connection's own again: RESET, SET .. TO DEFAULT, DISCARD ALL. */
    public boolean resetsApplicationName() {
        return resetsApplicationName;
    }

    /**
     * The schema that {@code SET SCHEMA} or {@code SET search_path} sets for the rest of the session, of several the first; empty where it is
     * one that the text does not name; null where it sets none.
     */
    public @Nullable String schema() {
        return schema;
    }

    /**
     * For {@link StatementKind#SHOW_HELIOS} what is to be shown, for {@link StatementKind#EXPLAIN_HELIOS} the statement to
     * explain with its comments: the text after {@code HELIOS}, stripped, possibly empty; else null.
     */
    public @Nullable String adminText() {
        return adminText;
    }

    /**
     * A new reader of what the learned classifier goes by; it is asked for once a text. Of {@code sp_executesql} it reads the
     * statement that is executed.
     */
    FeatureReader reader() {
        return reader(Lexer.read(sql));
    }

    /** The same, from the tokens that this was made of. */
    FeatureReader reader(Tokens tokens) {
        boolean executes = tokens.is(0, Keyword.EXEC) || tokens.is(0, Keyword.EXECUTE);
        if (executes && tokens.textIs(1, "sp_executesql") && tokens.kind(2) == TokenKind.STRING) {
            Tokens executed = Lexer.read(tokens.unquoted(2));
            return new FeatureReader(
                    executed, FeatureScanner.scan(executed, new StatementScanner(executed).statements()));
        }
        return new FeatureReader(tokens, features);
    }

    /** What the learned classifier goes by. */
    FeatureVector vector() {
        return reader().vector();
    }

    LearnedClassifier.@Nullable Link link() {
        return shared.link;
    }

    void link(LearnedClassifier.Link to) {
        shared.link = to;
    }

    @Nullable
    EstimatesLink estimates() {
        return shared.estimates;
    }

    void estimates(EstimatesLink of) {
        shared.estimates = of;
    }

    /** The statement for a database to plan; null where planning it might do something. Reads the text anew. */
    public @Nullable Plannable plannable() {
        Tokens tokens = Lexer.read(sql);
        return Plannable.of(tokens, new StatementScanner(tokens), features);
    }

    /** What the text does to its session; read when it is asked for first. */
    public SessionUse sessionUse(Dialect dialect) {
        UseLink known = shared.use;
        if (known == null || known.dialect() != dialect) {
            known = new UseLink(dialect, SessionUseReader.read(Lexer.read(sql), dialect));
            shared.use = known;
        }
        return known.use();
    }

    /** What the text has to do with what a session remembers; read when it is asked for first. */
    public LastResult lastResult() {
        LastResult known = shared.lastResult;
        if (known == null) {
            known = LastResult.of(template, features);
            shared.lastResult = known;
        }
        return known;
    }

    DecisionCache decisions() {
        return decisions;
    }

    /** Roughly how many characters its texts take in the cache. */
    int weight() {
        return (int) Math.min(Integer.MAX_VALUE, (long) sql.length() + template.length() + FIXED_WEIGHT);
    }
}
