package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Agreement;
import io.heliosjdbc.agreements.Context;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.reading.CutText;
import io.heliosjdbc.classifier.statement.AutoCommit;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Lexer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
    private static final Set<String> CLASSES = Set.of("fast_lane", "parallel_lanes", "background_queue", "gold");
    private static final Attributes WEB = new Attributes("app", "shop-web", "terminal-1", "acme", Hints.NONE);
    private static final Attributes NO_TENANT = new Attributes("app", "shop-web", "terminal-1", null, Hints.NONE);

    private final Classifier classifier = classifier(null);

    private static Classifier classifier(@Nullable Set<String> hintsAllowedFor) {
        List<UserLoad> loads = List.of(
                load("checkout", "gold", AccountPer.CLIENT, match("shop-web", "NewOrder", null, null)),
                load("tables", null, AccountPer.TENANT, match(null, null, "orders", null)),
                load("patterns", null, AccountPer.USER, match(null, null, null, "needle")),
                load("named", "background_queue", AccountPer.APPLICATION),
                load("high", null, AccountPer.LOAD, priority("high")),
                load("low", null, AccountPer.LOAD, priority("low")));
        List<LaneSettings> lanes = List.of(
                lane("background_queue", RouteMatch.ANY, "estimated_cost > 5", "bulk_operation = true"),
                lane(
                        "fast_lane",
                        RouteMatch.ALL,
                        "transaction_context = true",
                        "table_row_count < 5",
                        "join_count <= 2 OR has_limit = true"));
        return new Classifier(
                new ClassifierSettings(CLASSES, lanes, "parallel_lanes", hintsAllowedFor),
                List.of(new Agreement("shop", "Shop", new Context(null, null, null), loads)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT 1                                    | false | parallel_lanes   | default  | default class; user load default
            SELECT 1                                    | true  | fast_lane        | default  | fast_lane: transaction_context = true AND (join_count <= 2 OR has_limit = true); user load default
            SELECT 1 FROM a, b, c, d                    | true  | parallel_lanes   | default  | default class; user load default
            DELETE FROM t                               | true  | background_queue | default  | background_queue: bulk_operation = true; user load default
            /* class=gold, workload=batch */ SELECT 1   | true  | gold             | default  | hint class=gold; user load default
            /* workload=batch */ SELECT 1               | true  | background_queue | default  | hint workload=batch; user load default
            /* workload=oltp */ DELETE FROM t           | false | fast_lane        | default  | hint workload=oltp; user load default
            /* workload=analytics, priority=background */ SELECT 1 | true | parallel_lanes | low | hint workload=analytics; agreement shop, user load low: priority=low
            /* priority=background */ SELECT 1          | true  | background_queue | low      | hint priority=background; agreement shop, user load low: priority=low
            /* priority=critical */ SELECT 1            | false | parallel_lanes   | high     | default class; agreement shop, user load high: priority=high
            /* transaction=NewOrder */ DELETE FROM t    | false | gold             | checkout | agreement shop, user load checkout: application=shop-web, transaction=NewOrder
            /* transaction=NewOrder, class=fast_lane */ SELECT 1 | false | fast_lane | checkout | hint class=fast_lane; agreement shop, user load checkout: application=shop-web, transaction=NewOrder
            /* transaction=NewOrder, application=x */ SELECT 1 | false | gold | checkout | agreement shop, user load checkout: application=shop-web, transaction=NewOrder; overruled by the connection: hint application=x
            /* transaction=neworder */ SELECT 1         | false | parallel_lanes   | default  | default class; user load default
            SELECT * FROM s.Orders                      | false | parallel_lanes   | tables   | default class; agreement shop, user load tables: table=orders
            SELECT 'a needle'                           | false | parallel_lanes   | patterns | default class; agreement shop, user load patterns: sql=needle
            /* load=named, priority=high */ SELECT 1    | true  | background_queue | named    | hint load=named
            /* load=named, class=gold */ SELECT 1       | true  | gold             | named    | hint class=gold; hint load=named
            /* load=nobody */ SELECT 1                  | false | parallel_lanes   | default  | default class; user load default; ignored: hint load=nobody, give the name of a user load
            /* class=nothing */ SELECT 1                | false | parallel_lanes   | default  | default class; user load default; ignored: hint class=nothing, give the name of a service class
            SELECT 1 /*priority='hihg',estimate_ms='0'*/ | false | parallel_lanes | default | default class; user load default; ignored: hint priority=hihg, give one of critical, high, medium, low, background; ignored: hint estimate_ms=0, give a whole number of milliseconds from 1 to 9223372036854775807
            """)
    void firstThatNamesAClassDecides(
            String sql, boolean inTransaction, String serviceClass, String load, String reason) {
        Classification decided = classifier.classify(classifier.profile(sql), NO_TENANT, inTransaction);
        assertThat(decided.reason()).isEqualTo(reason);
        assertThat(decided.serviceClass()).isEqualTo(serviceClass);
        assertThat(decided.userLoad().name()).isEqualTo(load);
    }

    @Test
    void whatStandsInDoubleQuotesBoundsAWriteWhereItIsALiteral() {
        String sql = "DELETE FROM cart WHERE session_id = \"abc\"";
        assertThat(classifier.classify(classifier.profile(sql), WEB, false).serviceClass())
                .isEqualTo("background_queue");
        classifier.doubleQuotes(DoubleQuotes.LITERALS);
        assertThat(classifier.classify(classifier.profile(sql), WEB, false).serviceClass())
                .isEqualTo("parallel_lanes");
    }

    @Test
    void hintsOfCommentsComeBeforeClientInfoAndBothBeforeTheConnection() {
        Attributes attributes = new Attributes(
                "app",
                "shop-web",
                "terminal-1",
                "acme",
                Hints.NONE.with("priority", "low").with("class", "gold"));
        Classification decided = classifier.classify(
                classifier.profile("/* priority=high, deadline_ms=70, estimate_ms=8, transaction=T */ SELECT 5"),
                attributes,
                false);
        assertThat(decided)
                .isEqualTo(new Classification(
                        "gold",
                        decided.userLoad(),
                        null,
                        "T",
                        "SELECT ?",
                        Priority.HIGH,
                        "hint class=gold; agreement shop, user load high: priority=high",
                        70L,
                        8L,
                        null,
                        "acme",
                        "standard",
                        Origin.NONE));
    }

    @Test
    void transactionTypeIsTheTemplateWhereNoHintNamesIt() {
        Classification decided = decide("SELECT 5", WEB);
        assertThat(decided.transactionType()).isEqualTo("SELECT ?").isEqualTo(decided.template());
        assertThat(decided.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(decided.deadlineMillis()).isNull();
        assertThat(decided.estimateMillis()).isNull();
        assertThat(decided.userLoad()).isSameAs(Classifier.DEFAULT_LOAD);
    }

    @Test
    void accountBelongsToWhomTheLoadSays() {
        assertThat(decide("/* transaction=NewOrder */ SELECT 1", WEB).accountOwner())
                .isEqualTo("terminal-1");
        assertThat(decide("/* transaction=NewOrder, client=x */ SELECT 1", WEB).accountOwner())
                .isEqualTo("terminal-1");
        assertThat(decide("SELECT * FROM orders", WEB).accountOwner()).isEqualTo("acme");
        assertThat(decide("/* tenant=x */ SELECT * FROM orders", WEB).accountOwner())
                .isEqualTo("acme");
        assertThat(decide("/* tenant=x */ SELECT * FROM orders", NOBODY).accountOwner())
                .isEqualTo("x");
        assertThat(decide("SELECT 'needle'", WEB).accountOwner()).isEqualTo("app");
        assertThat(decide("/* load=named */ SELECT 1", NO_TENANT).accountOwner())
                .isEqualTo("shop-web");
        assertThat(decide("SELECT 1", WEB).accountOwner()).isNull();
        Attributes nobody = new Attributes(null, null, null, null, Hints.NONE);
        assertThat(decide("SELECT 'needle'", nobody).accountOwner()).isNull();
    }

    @Test
    void theTierIsThatOfTheHintElseOfTheTenantElseOfTheLoadElseStandard() {
        for (boolean restricted : new boolean[] {false, true}) {
            Classifier tiered = new Classifier(
                    new ClassifierSettings(
                            Set.of("only"),
                            List.of(),
                            "only",
                            restricted ? Set.of("boss") : null,
                            List.of(
                                    new TenantTier("gold", Set.of("acme"), Set.of("default")),
                                    new TenantTier("silver", Set.of("globex"), Set.of()))),
                    List.<Agreement>of());
            long ignored = tiered.ignoredHints();
            String hint = "/* tier=silver, tenant=acme */ SELECT 1";
            String unknown = "/* tier=platinum, tenant=globex */ SELECT 1";
            String nobody = "/* tier=standard, tenant=initech */ SELECT 1";
            assertThat(tier(tiered, hint)).isEqualTo(restricted ? "gold" : "silver");
            assertThat(tier(tiered, unknown)).isEqualTo(restricted ? "gold" : "silver");
            assertThat(tiered.ignoredHints() - ignored).isEqualTo(restricted ? 0 : 1);
            assertThat(tier(tiered, nobody)).isEqualTo(restricted ? "gold" : "standard");
            assertThat(tier(tiered, "SELECT 'by load'")).isEqualTo("gold");
            assertThat(tiered.classify(tiered.profile("/* tenant=globex */ SELECT 1"), NOBODY, false)
                            .reason())
                    .isEqualTo(
                            restricted
                                    ? "default class; user load default; tier gold: user load default; not allowed to this user: hint tenant=globex"
                                    : "default class; user load default; tier silver: tenant globex");
            assertThat(tiered.classify(tiered.profile("SELECT 2"), NOBODY, false)
                            .reason())
                    .isEqualTo("default class; user load default; tier gold: user load default");
        }
        assertThat(decide("/* tier=gold, tenant=acme */ SELECT 1", WEB).tier()).isEqualTo("standard");
        assertThat(decide("/* tenant=x */ SELECT 1", NOBODY).tenant()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* tenant=globex */ SELECT 1",
                "SELECT 1 /* tenant=globex */",
                "SELECT 1 -- tenant=globex",
                "SELECT 1 /*application='x',tenant='globex'*/",
                "/*tenant='%67lobex'*/ SELECT 1",
                "/* TENANT = globex */ SELECT 1",
            })
    void noStatementMakesAConnectionAnotherTenants(String sql) {
        long ignored = classifier.ignoredHints();
        Classification decided = decide(sql, WEB);
        assertThat(decided.tenant()).isEqualTo("acme");
        boolean claimsAnApplication = sql.contains("application");
        assertThat(decided.reason())
                .endsWith("; overruled by the connection: hint tenant=globex"
                        + (claimsAnApplication ? ", application=x" : ""));
        assertThat(classifier.ignoredHints() - ignored).isEqualTo(claimsAnApplication ? 2 : 1);
        assertThat(decide("/* tenant=acme */ " + sql.replace("globex", "acme"), WEB)
                        .reason())
                .doesNotContain("tenant");
    }

    /** What frameworks and tracers put beside our keys is no hint and does no harm. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT 1 /*action='%2Fcart',application='cart',framework='spring',route='%2Fcart%2F%7Bid%7D',traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01',tracestate='congo%3Dt61rcWkgMzE'*/ | cart
            /*traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01',application='cart'*/ SELECT 1 | cart
            /* load io.shop.Order */ SELECT 1                                   | shop-web
            /* insert for io.shop.Order */INSERT INTO t VALUES (1)              | shop-web
            /* dynamic native SQL query */ SELECT 1 /* application=cart */      | cart
            /* <criteria> */ select o1_0.id from t o1_0 where o1_0.id=?         | shop-web
            select 1 /* io.shop.OrderRepository.find */                         | shop-web
            select /* SQL: 4711 */ 1 from t -- jOOQ, generated                  | shop-web
            /*+ FIRST_ROWS */ select 1                                          | shop-web
            """)
    void commentsOfOthersLeaveOursAlone(String sql, String application) {
        Classifier tagged = new Classifier(
                new ClassifierSettings(CLASSES, List.of(), "parallel_lanes", null),
                List.of(new Agreement(
                        "shop",
                        "Shop",
                        new Context(null, null, null),
                        List.of(load("any", null, AccountPer.APPLICATION, match("cart", null, null, null))))));
        Classification decided = tagged.classify(tagged.profile(sql), NOBODY, false);
        assertThat(decided.accountOwner()).isEqualTo(application.equals("cart") ? "cart" : null);
        assertThat(decided.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(tagged.ignoredHints()).isZero();
    }

    private static final Attributes NOBODY = new Attributes(null, null, null, null, Hints.NONE);

    private static String tier(Classifier classifier, String sql) {
        return classifier.classify(classifier.profile(sql), NOBODY, false).tier();
    }

    @Test
    void usersWhoMayNotRaiseMayLower() {
        Classifier restricted = classifier(Set.of("boss"));
        String raising =
                "/* priority=high, class=gold, load=named, deadline_ms=5, estimate_ms=6, workload=oltp */ SELECT 1";
        Classification decided = restricted.classify(restricted.profile(raising), WEB, false);
        assertThat(decided.serviceClass()).isEqualTo("parallel_lanes");
        assertThat(decided.userLoad()).isSameAs(Classifier.DEFAULT_LOAD);
        assertThat(decided.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(decided.deadlineMillis()).isNull();
        assertThat(decided.estimateMillis()).isNull();
        assertThat(decided.reason())
                .isEqualTo("default class; user load default; not allowed to this user: hint priority=high,"
                        + " workload=oltp, class=gold, load=named, deadline_ms=5, estimate_ms=6");
        Classification lowered = restricted.classify(
                restricted.profile("/* priority=background, workload=batch */ SELECT 1"), WEB, false);
        assertThat(lowered.serviceClass()).isEqualTo("background_queue");
        assertThat(lowered.priority()).isEqualTo(Priority.BACKGROUND);
        Attributes boss = new Attributes("boss", null, null, null, Hints.NONE);
        assertThat(restricted.classify(restricted.profile(raising), boss, false))
                .returns("gold", Classification::serviceClass)
                .returns(Priority.HIGH, Classification::priority)
                .returns("named", allowed -> allowed.userLoad().name());
    }

    /** Whatever a comment says, in whatever style: who may not raise gets what his connection alone would get. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            transaction=NewOrder                  | transaction=NewOrder
            client=other                          | client=other
            application='shop-web'                | application=shop-web
            tenant=globex, tier=gold              | tenant=globex, tier=gold
            load=checkout                         | load=checkout
            class=gold                            | class=gold
            estimate_ms=1, deadline_ms=1          | deadline_ms=1, estimate_ms=1
            priority=medium                       | priority=medium
            priority=critical                     | priority=critical
            workload=oltp                         | workload=oltp
            client='other',application='shop-web',transaction='NewOrder' | client=other, transaction=NewOrder, application=shop-web
            """)
    void whoMayNotRaiseReachesNothingByAComment(String comment, String withheld) {
        Classifier restricted = classifier(Set.of("boss"));
        Hints low = Hints.NONE.with("priority", "low");
        for (Attributes attributes : List.of(
                new Attributes("app", "other-app", "me", "acme", low),
                new Attributes("app", null, null, null, low),
                new Attributes(null, null, null, null, low))) {
            for (String sql :
                    List.of("/* " + comment + " */ SELECT * FROM orders", "SELECT * FROM orders /*" + comment + "*/")) {
                Classification alone =
                        restricted.classify(restricted.profile("SELECT * FROM orders"), attributes, false);
                Classification asked = restricted.classify(restricted.profile(sql), attributes, false);
                assertThat(asked)
                        .usingRecursiveComparison()
                        .ignoringFields("reason")
                        .isEqualTo(alone);
                assertThat(asked.reason()).isEqualTo(alone.reason() + "; not allowed to this user: hint " + withheld);
            }
        }
    }

    /** A lower priority and a slower workload count only where nothing about them is higher. */
    @Test
    void whatLooksLowerAndPaysMoreDoesNotCount() {
        Penalty little = new Penalty(Period.ofMonths(1), "USD", 10, BigDecimal.valueOf(40), BigDecimal.valueOf(40));
        Penalty much = new Penalty(Period.ofMonths(1), "USD", 10, BigDecimal.valueOf(900), BigDecimal.valueOf(2000));
        DeadlineObjective deadline = new DeadlineObjective.Static(Duration.ofSeconds(1));
        List<UserLoad> loads = List.of(
                promised("batch", workload("batch"), new Guarantee("g", null, deadline, null, null, null)),
                promised("analytics", workload("analytics"), new Guarantee("g", null, null, null, null, much)),
                promised("low", priority("low"), new Guarantee("g", null, null, null, null, little)),
                promised("background", priority("background"), new Guarantee("g", null, null, null, null, much)),
                promised("medium", priority("medium"), new Guarantee("g", null, null, null, null, little)));
        Classifier restricted = new Classifier(
                new ClassifierSettings(CLASSES, List.of(), "fast_lane", Set.of("boss"), List.of()),
                List.of(new Agreement("shop", "Shop", new Context(null, null, null), loads)));
        assertThat(restricted.classify(restricted.profile("/* priority=low */ SELECT 1"), WEB, false))
                .returns("low", lower -> lower.userLoad().name())
                .returns(Priority.LOW, Classification::priority);
        for (String hint : List.of("priority=background", "workload=analytics", "workload=batch")) {
            assertThat(restricted.classify(restricted.profile("/* " + hint + " */ SELECT 1"), WEB, false))
                    .as(hint)
                    .returns("medium", asked -> asked.userLoad().name())
                    .returns("fast_lane", Classification::serviceClass)
                    .returns(Priority.MEDIUM, Classification::priority)
                    .extracting(Classification::reason)
                    .asString()
                    .endsWith("not allowed to this user: hint " + hint);
        }
        Attributes batch = new Attributes("app", null, null, null, Hints.NONE.with("workload", "batch"));
        Classifier plain = classifier(Set.of("boss"));
        assertThat(plain.classify(plain.profile("/* workload=analytics */ SELECT 1"), batch, false)
                        .serviceClass())
                .isEqualTo("background_queue");
    }

    /** Whoever may give hints still cannot be another one than his connection says. */
    @Test
    void theConnectionsWordGoesBeforeTheComments() {
        Classifier tiered = new Classifier(
                new ClassifierSettings(
                        Set.of("only"),
                        List.of(),
                        "only",
                        null,
                        List.of(new TenantTier("gold", Set.of("bigco"), Set.of()))),
                List.of(new Agreement(
                        "shop",
                        "Shop",
                        new Context(null, null, null),
                        List.of(load("big", null, AccountPer.TENANT, match("nobodys", null, null, null))))));
        String sql = "SELECT 1 /*client='other',application='nobodys',tenant='bigco',tier='gold',load='big'*/";
        Classification asked = tiered.classify(tiered.profile(sql), WEB, false);
        assertThat(asked)
                .returns("default", each -> each.userLoad().name())
                .returns("acme", Classification::tenant)
                .returns("standard", Classification::tier)
                .returns(Origin.NONE, Classification::origin)
                .returns(
                        "default class; user load default; overruled by the connection: hint load=big, tenant=bigco,"
                                + " tier=gold, client=other, application=nobodys",
                        Classification::reason);
        assertThat(tiered.ignoredHints()).isEqualTo(5);
        assertThat(tiered.classify(tiered.profile(sql), NOBODY, false))
                .returns("big", each -> each.userLoad().name())
                .returns("bigco", Classification::accountOwner)
                .returns("gold", Classification::tier)
                .returns(new Origin("nobodys", "other"), Classification::origin);
        Attributes own = new Attributes(
                null, null, null, "bigco", Hints.NONE.with("load", "big").with("tier", "gold"));
        assertThat(tiered.classify(tiered.profile("/* load=big */ SELECT 2"), own, false))
                .returns("big", each -> each.userLoad().name())
                .returns("gold", Classification::tier)
                .returns("only", Classification::serviceClass)
                .extracting(Classification::reason)
                .asString()
                .doesNotContain("overruled");
    }

    @Test
    void sqlcommentersTagsAreFeaturesAndItsTraceIsTheOrigins() {
        String trace = "00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01";
        String sql =
                "SELECT 1 /*action='pay',controller='carts',route='%2Fcart%2F%7Bid%7D',traceparent='" + trace + "'*/";
        for (boolean restricted : new boolean[] {false, true}) {
            Classifier tagged = new Classifier(
                    new ClassifierSettings(
                            CLASSES,
                            List.of(lane(
                                    "gold",
                                    RouteMatch.ALL,
                                    "route = '/cart/{id}'",
                                    "controller = 'carts' AND action = 'pay'")),
                            "fast_lane",
                            restricted ? Set.of("boss") : null),
                    List.<Agreement>of());
            Classification decided = tagged.classify(tagged.profile(sql), WEB, false);
            assertThat(decided.serviceClass()).isEqualTo(restricted ? "fast_lane" : "gold");
            assertThat(tagged.profile(sql).traceparent()).isEqualTo(trace);
            assertThat(tagged.features(tagged.profile(sql), WEB, false))
                    .containsEntry("application", "shop-web")
                    .containsEntry("user", "app")
                    .containsEntry("tenant", "acme")
                    .containsEntry("transaction_context", false)
                    .containsKey("query_type");
        }
        assertThat(classifier
                        .profile("SELECT 1 /*traceparent='00-no-trace-01'*/")
                        .traceparent())
                .isNull();
    }

    @Test
    void theSchemaDecidesLikeTheTenant() throws CriterionSyntaxException {
        Match reporting = new Match(null, null, null, null, "Reporting", null, null, null, null, null);
        Classifier by = new Classifier(
                new ClassifierSettings(
                        CLASSES, List.of(lane("gold", RouteMatch.ALL, "schema = 'staging'")), "fast_lane", null),
                List.of(new Agreement(
                        "shop",
                        "Shop",
                        new Context(null, null, null),
                        List.of(load("reports", "parallel_lanes", AccountPer.LOAD, reporting)))));
        assertThat(by.classify(by.profile("SELECT 1"), schema("REPORTING"), false))
                .returns("parallel_lanes", Classification::serviceClass)
                .extracting(Classification::reason)
                .asString()
                .contains("user load reports: schema=Reporting");
        assertThat(by.classify(by.profile("SELECT 1"), schema("Staging"), false))
                .returns("gold", Classification::serviceClass)
                .returns("default", each -> each.userLoad().name());
        assertThat(by.classify(by.profile("SELECT 1"), schema(null), false).serviceClass())
                .isEqualTo("fast_lane");
        assertThat(by.features(by.profile("SELECT 1"), schema("Staging"), false))
                .containsEntry("schema", "Staging");
    }

    private static Attributes schema(@Nullable String schema) {
        return new Attributes(null, null, null, null, schema, Hints.NONE);
    }

    private static String trace(int number) {
        return String.format(Locale.ROOT, "00-%032x-c532cb4098ac3dd2-01", number);
    }

    @Test
    void textsThatDifferInTheirTraceAloneShareWhatIsDecided() {
        String pattern = "/*priority=high*/ SELECT a FROM t WHERE id = 1 /*application='cart',traceparent='%s'*/";
        StatementProfile one = classifier.profile(pattern.formatted(trace(1)));
        StatementProfile other = classifier.profile(pattern.formatted(trace(2)));

        assertThat(one.traceparent()).isEqualTo(trace(1));
        assertThat(other.traceparent()).isEqualTo(trace(2));
        assertThat(other.sql()).isEqualTo(pattern.formatted(trace(2)));
        assertThat(other.template()).isSameAs(one.template());
        assertThat(other.hints().priority()).isEqualTo(Priority.HIGH);
        assertThat(classifier.classify(other, WEB, false)).isSameAs(classifier.classify(one, WEB, false));
    }

    /** What looks like a trace and is none that counts: each text has what it has by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t WHERE traceparent='%s'",
                "SELECT a /*traceparent='%s'*/ FROM t",
                "SELECT '/*traceparent=''%s''*/' FROM t /*priority=low*/",
                "SELECT 1 /*traceparent='%s*/",
                "SELECT 1 /*traceparent='%s',traceparent='%s'*/",
                "SELECT 1 /*traceparent='%s' and prose*/",
                "SELECT 1 /*tracestate='x'*/ /*application='a',traceparent='%s'*/ /*priority=high,traceparent='x'*/",
                "/*traceparent='%s',priority=high*/ SELECT 1 /*priority=low*/",
                "SELECT $$/*traceparent='%s',priority=high*/$$ /*priority=low*/",
                "SELECT \"/*traceparent='%s'*/ /*priority=high*/\" FROM t",
                "SELECT 1 -- traceparent='%s'\n",
                "SELECT 1 -- traceparent='%s'\n, '/*priority=high*/'"
            })
    void aTraceForgesNothing(String pattern) {
        for (int number = 1; number <= 3; number++) {
            String trace = trace(number);
            StatementProfile shared = classifier.profile(pattern.replace("%s", trace));
            StatementProfile alone =
                    new StatementProfile(CutText.of(Lexer.read(pattern.replace("%s", trace)), DoubleQuotes.EITHER));
            assertThat(shared.sql()).isEqualTo(alone.sql());
            assertThat(shared.template()).isEqualTo(alone.template());
            assertThat(shared.hints()).isEqualTo(alone.hints());
            assertThat(shared.traceparent()).isEqualTo(alone.traceparent());
            assertThat(shared.kind()).isEqualTo(alone.kind());
            assertThat(shared.plannable()).isEqualTo(alone.plannable());
            assertThat(shared.lastResult()).isEqualTo(alone.lastResult());
            assertThat(shared.sessionUse(Dialect.H2)).isEqualTo(alone.sessionUse(Dialect.H2));
            assertThat(shared.features().tableNames())
                    .isEqualTo(alone.features().tableNames());
        }
    }

    private static Match workload(String workload) {
        return new Match(null, null, null, null, null, workload, null, null, null);
    }

    private static UserLoad promised(String name, Match match, Guarantee guarantee) {
        return new UserLoad(name, null, AccountPer.LOAD, List.of(match), null, guarantee);
    }

    @Test
    void hintsThatNameNothingAreCounted() {
        decide("/* class=nothing, load=nobody, priority=urgent */ SELECT 1", NO_TENANT);
        decide("/* class=nothing, load=nobody, priority=urgent */ SELECT 1", NO_TENANT);
        assertThat(classifier.ignoredHints()).isEqualTo(3);
        for (int i = 0; i < 300; i++) {
            decide("/* class=nothing" + i + " */ SELECT 1", WEB);
        }
        assertThat(classifier.ignoredHints()).isEqualTo(303);
    }

    @Test
    void profileIsCachedPerText() {
        StatementProfile profile = classifier.profile("SELECT 1");
        assertThat(classifier.profile("SELECT 1 ".strip())).isSameAs(profile);
    }

    @Test
    void profilesInTheCacheAreBoundedByTheirLength() {
        List<StatementProfile> profiles = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            profiles.add(classifier.profile("SELECT " + i + " /* " + "x".repeat(2 << 20) + " */"));
        }
        long kept = profiles.stream()
                .filter(profile -> isSame(classifier.profile(profile.sql()), profile))
                .count();
        assertThat(kept).isBetween(1L, 8L);
        StatementProfile huge = classifier.profile("x".repeat(20 << 20));
        assertThat(huge.features().asMap()).containsKey("query_type");
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(StatementProfile one, StatementProfile other) {
        return one == other;
    }

    @Test
    void decisionIsTheSameInstanceWhileItStands() {
        StatementProfile profile = classifier.profile("SELECT 1");
        Classification decided = classifier.classify(profile, WEB, false);
        assertThat(classifier.classify(profile, WEB, false)).isSameAs(decided);
        assertThat(classifier.classify(profile, WEB, true)).isNotEqualTo(decided);
        assertThat(classifier.classify(profile, WEB, false)).isSameAs(decided);
        Attributes equal = new Attributes("app", "shop-web", "terminal-1", "acme", Hints.NONE);
        assertThat(classifier.classify(profile, equal, false)).isSameAs(decided);
    }

    @Test
    void decisionsOfAThousandConnectionsStayRight() {
        StatementProfile profile = classifier.profile("/* transaction=NewOrder */ SELECT 1");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_000; i++) {
                String client = "terminal-" + i;
                Attributes attributes = new Attributes("app", "shop-web", client, null, Hints.NONE);
                assertThat(classifier.classify(profile, attributes, false).accountOwner())
                        .isEqualTo(client);
                assertThat(classifier.classify(profile, attributes, true).accountOwner())
                        .isEqualTo(client);
            }
        }
    }

    @Test
    void profileOfAnotherClassifierIsDecidedAnew() {
        StatementProfile profile = classifier.profile("SELECT 1");
        classifier.classify(profile, WEB, false);
        Classifier other =
                new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), List.<Agreement>of());
        assertThat(other.classify(profile, WEB, false).serviceClass()).isEqualTo("only");
        assertThat(classifier.classify(profile, WEB, false).serviceClass()).isEqualTo("parallel_lanes");
    }

    @Test
    void hintsOfClassesThatDoNotExistFallBack() {
        Classifier other =
                new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), List.<Agreement>of());
        String sql = "/* workload=analytics, priority=background, class=gold */ SELECT 1";
        assertThat(other.classify(other.profile(sql), WEB, false).reason())
                .isEqualTo(
                        "default class; user load default; ignored: hint class=gold, give the name of a service class");
    }

    @Test
    void regularExpressionThatIsTooDeepDoesNotMatch() {
        Match deep = new Match(null, null, null, null, null, null, null, null, Pattern.compile("(a|b)*c"));
        Classifier other = new Classifier(
                new ClassifierSettings(Set.of("only"), List.of(), "only", null),
                List.of(new Agreement(
                        "x", "X", new Context(null, null, null), List.of(load("deep", null, AccountPer.LOAD, deep)))));
        String sql = "ab".repeat(1_000_000);
        assertThat(other.classify(other.profile(sql), WEB, false).userLoad()).isSameAs(Classifier.DEFAULT_LOAD);
    }

    @Test
    void agreementsOwnDefaultLoadTakesWhatNothingMatches() {
        UserLoad own = load("default", null, AccountPer.USER);
        Classifier other = new Classifier(
                new ClassifierSettings(Set.of("only"), List.of(), "only", null),
                List.of(new Agreement("x", "X", new Context(null, null, null), List.of(own))));
        assertThat(other.classify(other.profile("SELECT 1"), WEB, false).userLoad())
                .isSameAs(own);
    }

    @Test
    void settingsThatNameNoClassAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClassifierSettings(Set.of("a"), List.of(), "b", null))
                .withMessage("default class b is not among the service classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClassifierSettings(
                        Set.of("a"), List.of(new LaneSettings("c", List.of(), RouteMatch.ALL)), "a", null))
                .withMessage("lane c is not among the service classes");
        UserLoad load = load("l", "d", AccountPer.LOAD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Classifier(
                        new ClassifierSettings(Set.of("a"), List.of(), "a", null),
                        List.of(new Agreement("x", "X", new Context(null, null, null), List.of(load)))))
                .withMessage("user load l goes to service class d, which the configuration does not have");
    }

    private Classification decide(String sql, Attributes attributes) {
        return classifier.classify(classifier.profile(sql), attributes, false);
    }

    private static UserLoad load(String name, @Nullable String serviceClass, AccountPer per, Match... matches) {
        return new UserLoad(name, serviceClass, per, List.of(matches), null, null);
    }

    private static Match match(
            @Nullable String application,
            @Nullable String transaction,
            @Nullable String table,
            @Nullable String expression) {
        Pattern sql = expression == null ? null : Pattern.compile(expression);
        return new Match(null, application, null, null, transaction, null, null, table, sql);
    }

    private static Match priority(String priority) {
        return new Match(null, null, null, null, null, null, priority, null, null);
    }

    private static LaneSettings lane(String name, RouteMatch match, String... criteria) {
        List<Criterion> compiled = new ArrayList<>();
        for (String criterion : criteria) {
            try {
                compiled.add(Criterion.parse(criterion));
            } catch (CriterionSyntaxException refused) {
                throw new AssertionError(criterion, refused);
            }
        }
        return new LaneSettings(name, compiled, match);
    }

    @Test
    void aBatchIsDecidedByItsFirstTextOfWorkAndLeavesBehindWhatAllOfThemDo() {
        StatementProfile update = classifier.profile("/* priority=high */ UPDATE t SET a = 1");
        StatementProfile batch = classifier
                .profile("BEGIN")
                .then(classifier.profile("SET application_name = 'job'"))
                .then(classifier.profile("SET search_path TO acme"))
                .then(classifier.profile("SET autocommit = 0"))
                .then(update)
                .then(classifier.profile("/* priority=low */ UPDATE t SET a = 2"))
                .then(classifier.profile("COMMIT"));

        assertThat(batch.sql()).isEqualTo(update.sql());
        assertThat(batch.kind()).isEqualTo(StatementKind.WORK);
        assertThat(batch.transactionEffect()).isEqualTo(TransactionEffect.ENDS);
        assertThat(batch.applicationName()).isEqualTo("job");
        assertThat(batch.schema()).isEqualTo("acme");
        assertThat(batch.autoCommit()).isEqualTo(AutoCommit.OFF);
        assertThat(classifier.classify(batch, NOBODY, false)).isSameAs(classifier.classify(update, NOBODY, false));
    }

    @Test
    void workAfterTheEndOfATransactionInABatchIsKnown() {
        StatementProfile work = classifier.profile("INSERT INTO t VALUES (1)");
        StatementProfile commit = classifier.profile("COMMIT");

        assertThat(work.then(commit).transactionEffect()).isEqualTo(TransactionEffect.ENDS);
        assertThat(work.then(commit).then(work).transactionEffect()).isEqualTo(TransactionEffect.ENDS_BEFORE_WORK);
        assertThat(commit.then(work).then(commit).transactionEffect()).isEqualTo(TransactionEffect.ENDS);
        assertThat(commit.then(work).then(classifier.profile("BEGIN")).transactionEffect())
                .isEqualTo(TransactionEffect.CHAINS);
    }

    @Test
    void aBatchOfWorkAloneIsItsFirstText() {
        StatementProfile first = classifier.profile("INSERT INTO t VALUES (1)");
        StatementProfile second = classifier.profile("INSERT INTO t VALUES (2)");

        assertThat(first.then(second)).isSameAs(first);
        assertThat(classifier.profile("SAVEPOINT s").then(second).then(first)).isSameAs(second);
        assertThat(classifier
                        .profile("BEGIN")
                        .then(classifier.profile("SAVEPOINT s"))
                        .kind())
                .isEqualTo(StatementKind.BEGIN);
    }

    @Test
    void whatATemplateLeavesOutMayStillMakeKeys() {
        Classifier mysql =
                new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), List.<Agreement>of());
        mysql.doubleQuotes(DoubleQuotes.LITERALS);
        StatementProfile profile = mysql.profile("EXECUTE IMMEDIATE \"INSERT INTO t VALUES (1)\"");
        assertThat(profile.template()).isEqualTo("EXECUTE IMMEDIATE ?");
        assertThat(profile.lastResult().makesKeys()).isTrue();
    }

    @Test
    void textsAreReadAnewOnceItIsKnownWhatQuotesAre() {
        Classifier names =
                new Classifier(new ClassifierSettings(Set.of("only"), List.of(), "only", null), List.<Agreement>of());
        String sql = "SELECT lower(\"Name\") FROM t";
        assertThat(names.profile(sql).template()).isEqualTo("SELECT lower(?) FROM t");
        names.doubleQuotes(DoubleQuotes.NAMES);
        assertThat(names.profile(sql).template()).isEqualTo(sql);
    }
}
