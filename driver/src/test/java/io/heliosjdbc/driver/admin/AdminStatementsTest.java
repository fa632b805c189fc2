package io.heliosjdbc.driver.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Origin;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.driver.configuration.Setting;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.TierStatus;
import io.heliosjdbc.slo.EstimateInterval;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminStatementsTest {
    private final AdminStatements statements = new AdminStatements(new Management() {
        @Override
        public List<ServiceClassStatus> classes() {
            return List.of(
                    new ServiceClassStatus(
                            "fast_lane",
                            50,
                            3,
                            1,
                            2,
                            100,
                            10,
                            5,
                            4,
                            10,
                            9,
                            700_000_000,
                            List.of(new TierStatus("standard", 0, 2, 2), new TierStatus("gold", 10, 1, 0))),
                    new ServiceClassStatus("parallel_lanes", 4, 0, 0, 0, 0, 0, 0, 0));
        }

        @Override
        public List<RequestStatus> requests() {
            return List.of(
                    request(1, RequestStatus.State.RUNNING),
                    request(2, RequestStatus.State.QUEUED),
                    request(3, RequestStatus.State.IDLE_IN_TRANSACTION));
        }

        @Override
        public List<ConnectionStatus> connections() {
            return List.of(
                    new ConnectionStatus(4, "pinned", "LISTEN", 1_500_000, "shop", "anna", "web", "c1"),
                    new ConnectionStatus(5, "unbound", null, 0, "shop", "anna", null, null));
        }

        @Override
        public List<LoadStatus> loads() {
            return List.of(
                    new LoadStatus(
                            "checkout",
                            "anna",
                            100,
                            13,
                            0.87,
                            490,
                            1000,
                            2000,
                            "USD",
                            12.5,
                            "percentile",
                            new Standing(0.87, 0.9)),
                    new LoadStatus("reports", null, 0, 0, 1, 0, 0, 0, null, null, null, null));
        }

        @Override
        public List<DecisionStatus> decisions() {
            Instant at = Instant.parse("2026-11-21T06:00:00Z");
            return List.of(
                    new DecisionStatus(
                            at,
                            7,
                            "app",
                            "shop",
                            "anna",
                            Priority.HIGH,
                            "00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01",
                            "SELECT ?",
                            "fast_lane",
                            "checkout",
                            "hint",
                            2_500_000,
                            "class MPL",
                            "reports 3 of 5",
                            1_000_000L,
                            "success"),
                    new DecisionStatus(
                            at,
                            8,
                            null,
                            null,
                            null,
                            Priority.LOW,
                            null,
                            "SELECT ?",
                            "fast_lane",
                            "checkout",
                            "hint",
                            0,
                            "total MPL",
                            null,
                            null,
                            "queue_full"));
        }

        @Override
        public List<ReportLine> report() {
            Figures figures = new Figures(5, 4, 10_000_000, 2, 5_000_000, 3_000_000, 2, 1);
            return List.of(
                    new ReportLine(ReportLine.Scope.SERVICE_CLASS, "fast_lane", null, null, null, Figures.NONE)
                            .outlook(new Outlook(Instant.EPOCH, figures, null, null)),
                    new ReportLine(ReportLine.Scope.USER_LOAD, "checkout", null, null, null, figures)
                            .standing(1000.0, "USD", new Standing(0.87, 0.9))
                            .outlook(new Outlook(Instant.EPOCH, Figures.NONE, new Standing(0.95, 0.9), 0.0)),
                    new ReportLine(
                            ReportLine.Scope.TEMPLATE, "SELECT ?", "fast_lane", "checkout", "hint", Figures.NONE));
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting("discipline", "fifo", "helios.toml:3"));
        }
    });

    private static RequestStatus request(long connection, RequestStatus.State state) {
        return new RequestStatus(
                connection, state, "fast_lane", "checkout", "app", null, "anna", 1_500_000, "high", "SELECT ?");
    }

    @Test
    void classesAreShownInOrder() throws SQLException {
        assertThat(rows(statements.show("CLASSES")))
                .containsExactly(
                        "service_class=fast_lane mpl=50 active=3 lent=1 queued=2 admitted=100 waited=10 refused=5"
                                + " gave_up=4 guaranteed=10 kept=9"
                                + " starvation_bound_ms=700 tiers=standard: 2 active, 0 guaranteed, 2 queued, gold: 1"
                                + " active, 10 guaranteed, 0 queued",
                        "service_class=parallel_lanes mpl=4 active=0 lent=0 queued=0 admitted=0 waited=0 refused=0"
                                + " gave_up=0 guaranteed=0 kept=0"
                                + " starvation_bound_ms=null tiers=null");
    }

    @Test
    void theQueueShowsWhoWaits() throws SQLException {
        assertThat(rows(statements.show("queue;")))
                .containsExactly("connection=2 service_class=fast_lane user_load=checkout user=app application=null"
                        + " client=anna waiting_ms=1.5 priority=high statement=SELECT ?");
    }

    @Test
    void runningShowsWhoHoldsASlot() throws SQLException {
        assertThat(rows(statements.show("running")))
                .containsExactly(
                        "connection=1 state=running service_class=fast_lane user_load=checkout user=app"
                                + " application=null client=anna since_ms=1.5 priority=high statement=SELECT ?",
                        "connection=3 state=idle_in_transaction service_class=fast_lane user_load=checkout user=app"
                                + " application=null client=anna since_ms=1.5 priority=high statement=SELECT ?");
    }

    @Test
    void loadsShowHowAccountsStand() throws SQLException {
        assertThat(rows(statements.show("LOADS")))
                .containsExactly(
                        "user_load=checkout account=anna transactions=100 late=13 conformance=0.87 penalty=490.0"
                                + " due=1000.0 maximum=2000.0 unit=USD average_ms=12.5 unkept=percentile",
                        "user_load=reports account=null transactions=0 late=0 conformance=1.0 penalty=0.0 due=0.0"
                                + " maximum=0.0 unit=null average_ms=null unkept=null");
    }

    @Test
    void configShowsWhereASettingComesFrom() throws SQLException {
        assertThat(rows(statements.show("CONFIG"))).containsExactly("name=discipline value=fifo origin=helios.toml:3");
    }

    /** As pools, agents and tools put them there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "config /*traceparent='00-1-2-01'*/",
                "/* by */ config; -- in the console",
                "config -- one\n/* two,\n lines */;"
            })
    void commentsBesideATopicDoNotMatter(String topic) throws SQLException {
        assertThat(rows(statements.show(topic))).isEqualTo(rows(statements.show("CONFIG")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGIC", "CLASS", "QUEUE NOW", "magic;"})
    void anUnknownTopicIsRefusedWithWhatCanBeShown(String sql) {
        assertThatThrownBy(() -> statements.show(sql))
                .isExactlyInstanceOf(SQLSyntaxErrorException.class)
                .hasFieldOrPropertyWithValue("SQLState", "42601")
                .hasMessage(
                        "SHOW HELIOS cannot show '" + sql.replace(";", "").toUpperCase(Locale.ROOT)
                                + "'; what can be shown: CLASSES, QUEUE, RUNNING, CONNECTIONS, LOADS, DECISIONS, REPORT, CONFIG");
    }

    @Test
    void theReportSaysWhereTheTimeWent() throws SQLException {
        assertThat(rows(statements.show("report")))
                .containsExactly(
                        "scope=service_class name=fast_lane statements=0 waited_share=0.0 mean_wait_ms=0.0 longest_wait_ms=0.0"
                                + " mean_execution_ms=0.0 total_execution_ms=0.0 late=0 refused=0 penalty=null unit=null"
                                + " service_class=null user_load=null reason=null conformance=null promised=null kept=null"
                                + " replayed=5 would_have_waited=2 would_have_been_refused=1 would_have_been_late=2"
                                + " would_have_waited_mean_ms=2.5 would_have_waited_longest_ms=3.0"
                                + " would_have_conformance=null would_have_penalty=null would_have_kept=null replayed_since=1970-01-01T00:00:00Z",
                        "scope=user_load name=checkout statements=5 waited_share=0.4 mean_wait_ms=2.5 longest_wait_ms=3.0"
                                + " mean_execution_ms=2.5 total_execution_ms=10.0 late=2 refused=1 penalty=1000.0 unit=USD"
                                + " service_class=null user_load=null reason=null conformance=0.87 promised=0.9 kept=false"
                                + " replayed=0 would_have_waited=0 would_have_been_refused=0 would_have_been_late=0"
                                + " would_have_waited_mean_ms=0.0 would_have_waited_longest_ms=0.0"
                                + " would_have_conformance=0.95 would_have_penalty=0.0 would_have_kept=true replayed_since=1970-01-01T00:00:00Z",
                        "scope=template name=SELECT ? statements=0 waited_share=0.0 mean_wait_ms=0.0 longest_wait_ms=0.0"
                                + " mean_execution_ms=0.0 total_execution_ms=0.0 late=0 refused=0 penalty=null unit=null"
                                + " service_class=fast_lane user_load=checkout reason=hint conformance=null promised=null kept=null"
                                + " replayed=null would_have_waited=null would_have_been_refused=null"
                                + " would_have_been_late=null would_have_waited_mean_ms=null"
                                + " would_have_waited_longest_ms=null would_have_conformance=null"
                                + " would_have_penalty=null would_have_kept=null replayed_since=null");
    }

    @Test
    void decisionsSayWhatCameOfThem() throws SQLException {
        assertThat(rows(statements.show("decisions")))
                .containsExactly(
                        "time=2026-11-21T06:00:00Z connection=7 service_class=fast_lane user_load=checkout reason=hint"
                                + " waited_ms=2.5 held_up_by=class MPL held_by=reports 3 of 5 executed_ms=1.0 outcome=success statement=SELECT ? user=app"
                                + " application=shop client=anna priority=high"
                                + " traceparent=00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01",
                        "time=2026-11-21T06:00:00Z connection=8 service_class=fast_lane user_load=checkout reason=hint"
                                + " waited_ms=0.0 held_up_by=total MPL held_by=null executed_ms=null outcome=queue_full statement=SELECT ?"
                                + " user=null application=null client=null priority=low traceparent=null");
    }

    @Test
    void aloneItListsWhatCanBeShown() throws SQLException {
        List<String> shown = rows(statements.show(";"));
        assertThat(shown).hasSize(8).contains("statement=SHOW HELIOS QUEUE shows=who waits for a slot");
        for (String each : shown) {
            String statement = each.substring("statement=SHOW HELIOS ".length(), each.indexOf(" shows="));
            statements.show(statement).close();
        }
    }

    @Test
    void topicsDoNotDependOnTheLocale() throws SQLException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(rows(statements.show("running"))).hasSize(2);
            assertThat(rows(statements.show("config"))).hasSize(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    /** A search among the services is one of the application that asks: slow, and with its own row sets as the answer. */
    @Test
    void noRowSetsAreSearchedFor() throws SQLException {
        Set<String> searched = new HashSet<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new ClassLoader(before) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                searched.add(name);
                return super.getResources(name);
            }
        });
        try {
            assertThat(rows(statements.show("running"))).hasSize(2);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(searched).noneMatch(name -> name.endsWith("RowSetFactory"));
    }

    @Test
    void explainShowsTheDecision() throws SQLException {
        AtomicReference<String> asked = new AtomicReference<>();
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("join_count", 2);
        features.put("has_limit", false);
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put("fast_lane", 0.91);
        probabilities.put("parallel_lanes", 0.09);
        ResultSet answer = statements.explain("/* priority=high */ select 1;", sql -> {
            asked.set(sql);
            return new Explanation(
                    new Classification(
                            "fast_lane",
                            new UserLoad("checkout", null, AccountPer.CLIENT, List.of(), null, null),
                            "anna",
                            "NewOrder",
                            "select ?",
                            Priority.HIGH,
                            "hint priority=high",
                            250L,
                            null,
                            null,
                            "acme",
                            "gold",
                            Origin.NONE),
                    new Attributes("app", "shop", "anna", "acme", Hints.NONE),
                    490,
                    0.87,
                    features,
                    probabilities,
                    12_500_000,
                    new EstimateInterval(11_000_000, 14_250_000),
                    "observed",
                    new ServiceClassStatus("fast_lane", 50, 3, 1, 2, 100, 10, 5, 4),
                    "waits behind 2: class MPL",
                    60,
                    4,
                    2,
                    10,
                    700_000_000);
        });

        assertThat(asked.get()).isEqualTo("/* priority=high */ select 1;");
        assertThat(rows(answer))
                .containsExactly(
                        "property=service_class value=fast_lane",
                        "property=user_load value=checkout",
                        "property=account value=anna",
                        "property=user value=app",
                        "property=application value=shop",
                        "property=client value=anna",
                        "property=tenant value=acme",
                        "property=tier value=gold",
                        "property=reason value=hint priority=high",
                        "property=priority value=high",
                        "property=priority_boost value=2",
                        "property=guaranteed_slots value=10",
                        "property=starvation_bound_ms value=700",
                        "property=penalty value=490",
                        "property=conformance value=0.87",
                        "property=transaction_type value=NewOrder",
                        "property=template value=select ?",
                        "property=deadline_ms value=250",
                        "property=estimate_ms value=null",
                        "property=estimated_cost value=null",
                        "property=estimated_rows value=null",
                        "property=estimate_source value=null",
                        "property=expected_ms value=12.5",
                        "property=expected_interval_ms value=11 to 14.25",
                        "property=expected_by value=observed",
                        "property=probabilities value=fast_lane=0.910, parallel_lanes=0.090",
                        "property=would_be value=waits behind 2: class MPL",
                        "property=total_mpl value=60",
                        "property=total_active value=4",
                        "property=class_mpl value=50",
                        "property=class_active value=3",
                        "property=class_queued value=2",
                        "property=features value=join_count=2, has_limit=false");
    }

    @Test
    void explainNeedsAStatement() {
        assertThatThrownBy(() -> statements.explain(";", sql -> {
                    throw new AssertionError(sql);
                }))
                .isExactlyInstanceOf(SQLSyntaxErrorException.class)
                .hasMessageContaining("needs a statement");
    }

    @Test
    void connectionsAreShownWithWhatTheyAreHeldBy() throws SQLException {
        try (ResultSet rows = statements.show("connections")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong("connection")).isEqualTo(4);
            assertThat(rows.getString("state")).isEqualTo("pinned");
            assertThat(rows.getString("reason")).isEqualTo("LISTEN");
            assertThat(rows.getDouble("bound_ms")).isEqualTo(1.5);
            assertThat(rows.getString("pool")).isEqualTo("shop");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject("bound_ms")).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void everyColumnIsDocumented() throws Exception {
        String document = read(Path.of("..", "docs", "admin.md"));
        for (String topic : List.of("CLASSES", "QUEUE", "RUNNING", "LOADS", "DECISIONS", "REPORT", "CONFIG")) {
            int start = document.indexOf("## `SHOW HELIOS " + topic + "`");
            assertThat(start).as(topic).isPositive();
            int end = document.indexOf("\n## ", start + 1);
            String section = document.substring(start, end < 0 ? document.length() : end);
            try (ResultSet answer = statements.show("" + topic)) {
                ResultSetMetaData metaData = answer.getMetaData();
                for (int column = 1; column <= metaData.getColumnCount(); column++) {
                    assertThat(section).as(topic).contains("| `" + metaData.getColumnLabel(column) + "` |");
                }
            }
        }
    }

    @Test
    void columnsTellWhatToolsAskOfThem() throws SQLException {
        try (ResultSet answer = statements.show("LOADS")) {
            ResultSetMetaData metaData = answer.getMetaData();
            Set<String> types = new HashSet<>();
            for (int column = 1; column <= metaData.getColumnCount(); column++) {
                boolean isText = metaData.getColumnTypeName(column).equals("VARCHAR");
                types.add(metaData.getColumnTypeName(column));
                assertThat(metaData.isNullable(column)).isEqualTo(ResultSetMetaData.columnNullable);
                assertThat(metaData.isSigned(column)).isEqualTo(!isText);
                assertThat(metaData.getPrecision(column)).isPositive();
                assertThat(metaData.getColumnDisplaySize(column)).isGreaterThanOrEqualTo(metaData.getPrecision(column));
            }
            assertThat(types).containsExactlyInAnyOrder("VARCHAR", "BIGINT", "DOUBLE");
        }
    }

    private static String read(Path path) throws IOException {
        return Files.readString(path);
    }

    private static List<String> rows(ResultSet answer) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (answer) {
            ResultSetMetaData metaData = answer.getMetaData();
            while (answer.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= metaData.getColumnCount(); column++) {
                    row.add(metaData.getColumnLabel(column) + "=" + answer.getObject(column));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
