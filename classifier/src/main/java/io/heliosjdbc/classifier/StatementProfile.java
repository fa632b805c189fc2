package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Tags;
import io.heliosjdbc.classifier.reading.CutText;
import io.heliosjdbc.classifier.reading.PlannableReader;
import io.heliosjdbc.classifier.reading.Reading;
import io.heliosjdbc.classifier.reading.SessionUseReader;
import io.heliosjdbc.classifier.statement.AutoCommit;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.statement.Effects;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.statement.LastResult;
import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement's text alone tells; computed once per text and cached. Immutable to its users, thread-safe. */
public final class StatementProfile {
    /** Objects and tables around the texts, in characters of two bytes. */
    private static final int FIXED_WEIGHT = 512;

    private final String sql;
    private final @Nullable String traceparent;
    private final Reading read;
    private final DoubleQuotes quotes;
    private final String templateName;
    /** Whose decisions and records it shares: that of the text without a trace, or itself. */
    private final StatementProfile shared;

    private final DecisionCache decisions;
    private final boolean isBatch;
    private volatile @Nullable StatementProfile batch;
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

    StatementProfile(CutText text) {
        sql = text.tokens().sql();
        read = Reading.of(text);
        quotes = text.quotes();
        templateName = TemplateName.of(read.template());
        traceparent = read.tags().traceparent();
        shared = this;
        decisions = new DecisionCache();
        isBatch = false;
    }

    /** The profile of what is decided as another one is. */
    private StatementProfile(StatementProfile other, String sql, @Nullable String traceparent, Reading read) {
        this.sql = sql;
        this.traceparent = traceparent;
        this.read = read;
        quotes = other.quotes;
        templateName = other.templateName;
        shared = other.shared;
        decisions = other.decisions;
        isBatch = other.isBatch;
    }

    /** The profile of batches of a text; what hangs on a decision is a batch's own. */
    private StatementProfile(StatementProfile single) {
        sql = single.sql;
        traceparent = single.traceparent;
        read = single.read;
        quotes = single.quotes;
        templateName = single.templateName;
        shared = single;
        decisions = new DecisionCache();
        isBatch = true;
    }

    /** The profile of a text that has another trace in the place of this one's, and nothing else that is different. */
    StatementProfile traced(String text, String trace) {
        return new StatementProfile(this, text, trace, read);
    }

    /**
     * The profile of a batch of this text, or of the batch that this is the profile of, and then another text: that of the first one that is
     * {@link StatementKind#WORK}, or of the first where none is, with what all of them leave behind.
     */
    public StatementProfile then(StatementProfile next) {
        StatementProfile decides = kind() != StatementKind.WORK && next.kind() == StatementKind.WORK ? next : this;
        boolean worksAlone = next.kind() == StatementKind.WORK && next.transactionEffect() == TransactionEffect.NONE;
        Effects before = worksAlone ? read.effects().thenWork() : read.effects();
        Effects both = before.then(next.read.effects());
        return both.equals(decides.read.effects())
                ? decides
                : new StatementProfile(decides, decides.sql, decides.traceparent, decides.read.with(both));
    }

    /**
     * The profile of many executions at once of what this is the profile of. It is decided likewise, but its decisions are others: how long it
     * takes says little of one execution.
     */
    public StatementProfile asBatch() {
        StatementProfile known = shared.batch;
        if (known == null) {
            known = new StatementProfile(shared);
            shared.batch = known;
        }
        return this == shared ? known : new StatementProfile(known, sql, traceparent, read);
    }

    /** Whether it stands for many executions at once. */
    public boolean isBatch() {
        return isBatch;
    }

    /** The text, or the one that all have in common that differ from it in their trace alone. */
    String untraced() {
        return shared.sql;
    }

    /** The W3C's Trace Context that its comment names, of 55 characters; else null. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** The text as the application sent it. */
    public String sql() {
        return sql;
    }

    /**
     * The text with literals and secrets replaced by {@code ?}, comments removed and white space folded: what statements share, and
     * what may be shown.
     */
    public String template() {
        return read.template();
    }

    /** What the template goes by where many are kept: of one of more than 2,000 characters its beginning, and a hash of all of it. */
    public String templateName() {
        return templateName;
    }

    /** What the text means to the driver. */
    public StatementKind kind() {
        return read.kind();
    }

    /**
     * What the text does to the transaction, by its words: {@code COMMIT AND CHAIN} is a {@link StatementKind#COMMIT} that
     * leaves a transaction open, and {@code BEGIN; UPDATE ..; COMMIT} is {@link StatementKind#WORK} that leaves none open.
     */
    public TransactionEffect transactionEffect() {
        return read.effects().transaction();
    }

    /** What the text does to the autocommit mode. */
    public AutoCommit autoCommit() {
        return read.effects().autoCommit();
    }

    /** What its comments say. */
    public Hints hints() {
        return read.hints();
    }

    /** Of known keys what they do not take. */
    Map<HintKey, Object> refusedHints() {
        return read.refusedHints();
    }

    /** What its comments say beside hints. */
    Tags tags() {
        return read.tags();
    }

    /** What is known of it for the criteria. */
    public Features features() {
        return read.features();
    }

    /** The application name that {@code SET application_name} sets for the rest of the session; else null. */
    public @Nullable String applicationName() {
        return read.effects().applicationName();
    }

    /** Whether the application name becomes the connection's own again: RESET, SET .. TO DEFAULT, DISCARD ALL. */
    public boolean resetsApplicationName() {
        return read.effects().resetsApplicationName();
    }

    /**
     * The schema that {@code SET SCHEMA} or {@code SET search_path} sets for the rest of the session, of several the first; empty where it is
     * one that the text does not name; null where it sets none.
     */
    public @Nullable String schema() {
        return read.effects().schema();
    }

    /**
     * For {@link StatementKind#SHOW_HELIOS} what is to be shown, for {@link StatementKind#EXPLAIN_HELIOS} the statement to
     * explain with its comments: the text after {@code HELIOS}, stripped, possibly empty; else null.
     */
    public @Nullable String adminText() {
        return read.adminText();
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

    /** The text cut anew, as its database does. */
    Tokens tokens() {
        return CutText.of(Lexer.read(sql), quotes).tokens();
    }

    /** The statement for a database to plan; null where planning it might do something. Reads the text anew. */
    public @Nullable Plannable plannable() {
        return PlannableReader.read(Lexer.read(sql), read.features());
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
            known = LastResult.of(read.isTemplateWhole() ? read.template() : sql, read.features());
            shared.lastResult = known;
        }
        return known;
    }

    DecisionCache decisions() {
        return decisions;
    }

    /** Roughly how many characters its texts take in the cache. */
    int weight() {
        return (int) Math.min(
                Integer.MAX_VALUE, (long) sql.length() + read.template().length() + FIXED_WEIGHT);
    }
}
