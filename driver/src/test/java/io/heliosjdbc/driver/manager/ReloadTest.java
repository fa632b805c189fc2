package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.Outlook;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Workload managers that follow their files. Time passes where a test says so, and so does that of the files. */
@Timeout(300)
class ReloadTest {
    /** So long that the thread that looks in earnest never does. */
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(1_000_000_000);

    private static final String HEAD = """
            [workload_routing]
            reload_ms = 1000000000
            """;
    private static final String JOBS = "/* class=jobs */ SELECT 1";

    @TempDir
    Path directory;

    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = ManualRegistry.of(clock, () -> Instant.parse("2026-03-10T09:00:00Z"));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<ManagedSession> sessions = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private long written = 1_700_000_000L;

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(WorkloadManager.class)).addAppender(log);
    }

    @AfterEach
    void end() {
        sessions.forEach(ManagedSession::close);
        registry.closeIdle();
        ((Logger) LoggerFactory.getLogger(WorkloadManager.class)).detachAppender(log);
    }

    @Test
    void moreSlotsAreGivenToWhoWaits() throws Exception {
        configure("discipline = 'fifo'\n" + jobs(1));
        hold(open());
        FutureTask<Long> second = ask(open());
        FutureTask<Long> third = ask(open());

        configure("discipline = 'fifo'\n" + jobs(2));
        look();
        assertThat(second.isDone() || third.isDone()).isFalse();
        look();

        assertThat(jobsClass().maxConcurrency()).isEqualTo(2);
        assertThat(jobsClass().queued()).isEqualTo(1);
        configure("discipline = 'fifo'\n" + jobs(3));
        look();
        look();
        assertThat(second.get()).isNotNegative();
        assertThat(third.get()).isNotNegative();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void whoWaitsIsOrderedByTheNewDiscipline() throws Exception {
        agreement("dear", "2000");
        String agreements = "agreements = ['*.xml']\n";
        configure(agreements + "discipline = 'fifo'\n" + jobs(1));
        ManagedSession holder = open();
        Object statement = hold(holder);
        FutureTask<Long> cheap = ask(open());
        FutureTask<Long> dear = ask(open(), "/* class=jobs, load=dear */ SELECT 2");

        configure(agreements + "discipline = 'static'\n" + jobs(1));
        look();
        look();
        holder.after(statement, holder.profile(JOBS), null);

        assertThat(dear.get()).isNotNegative();
        assertThat(cheap.isDone()).isFalse();
        assertThat(setting("discipline")).isEqualTo("static");
    }

    @Test
    void anAgreementsPenaltyChangesAndItsCountsStay() throws Exception {
        agreement("dear", "2000");
        configure("agreements = ['dear.xml']\n");
        ManagedSession session = open();
        run(session, "/* load=dear */ SELECT 1");
        assertThat(load(session, "dear").maximum()).isEqualTo(2000);

        agreement("dear", "4000");
        look();
        look();

        assertThat(load(session, "dear").maximum()).isEqualTo(4000);
        assertThat(load(session, "dear").transactions()).isEqualTo(1);
        run(session, "/* load=dear */ SELECT 1");
        assertThat(load(session, "dear").transactions()).isEqualTo(2);
        assertThat(warnings()).singleElement().asString().contains("User load dear has other terms");
    }

    @Test
    void aTransactionThatIsUnderWayIsBookedOnItsAccount() throws Exception {
        agreement("dear", "2000");
        configure("agreements = ['dear.xml']\n");
        ManagedSession session = open();
        session.autoCommit(false);
        run(session, "/* load=dear */ SELECT 1");

        agreement("dear", "4000");
        look();
        look();
        run(session, "/* load=dear */ SELECT 1");
        session.transactionEnded(null);

        assertThat(load(session, "dear").transactions()).isEqualTo(1);
    }

    @Test
    void agreementsComeAndGo() throws Exception {
        agreement("dear", "2000");
        configure("agreements = ['*.xml']\n");
        ManagedSession session = open();
        run(session, "/* load=dear */ SELECT 1");
        assertThat(explained(session, "/* load=cheap */ SELECT 1", "user_load")).isEqualTo("default");

        agreement("cheap", "1000");
        Files.delete(directory.resolve("dear.xml"));
        look();
        look();

        assertThat(explained(session, "/* load=cheap */ SELECT 1", "user_load")).isEqualTo("cheap");
        assertThat(explained(session, "/* load=dear */ SELECT 1", "user_load")).isEqualTo("default");
        run(session, "/* load=dear */ SELECT 1");
        assertThat(session.manager().loads())
                .extracting(LoadStatus::userLoad)
                .contains("default", "cheap")
                .doesNotContain("dear");
        assertThat(warnings()).singleElement().asString().contains("User load dear is no longer agreed");
    }

    @Test
    void aPreparedStatementFollowsTheNewCriteria() throws Exception {
        configure(jobs(1));
        ManagedSession session = open();
        StatementProfile prepared = session.profile("SELECT * FROM night_shift");
        run(session, prepared);

        configure(jobs(1) + "route_criteria = [\"table_names CONTAINS 'night_shift'\"]\n");
        look();
        look();
        run(session, prepared);

        assertThat(session.manager().decisions())
                .extracting(each -> each.serviceClass())
                .containsExactly("jobs", "fast_lane");
    }

    /** Else the file would shut them out of their own database. */
    @Test
    void whatALaterConnectionSaysStandsOverTheNewFileToo() throws Exception {
        configure("discipline = 'fifo'\n" + jobs(1));
        open();
        properties.put("discipline", "fifo");
        open();
        properties.put("discipline", "static");
        assertThatThrownBy(this::open).hasMessageContaining("helios.discipline: it says 'static'");

        configure("discipline = 'mefi'\n" + jobs(2));
        look();
        look();

        assertThat(setting("discipline")).isEqualTo("fifo");
        assertThat(jobsClass().maxConcurrency()).isEqualTo(2);
        properties.put("discipline", "fifo");
        open();
    }

    @Test
    void aLogThatThrowsLosesNoSettlementAndNoFile() throws Exception {
        agreement("dear", "2000");
        configure("agreements = ['dear.xml']\n");
        ManagedSession session = open();
        StatementProfile slow = session.profile("/* load=dear */ SELECT 1");
        session.before(session, slow, 0);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
        session.after(session, slow, null);
        configure("disciplin = 'mefi'\n");
        look();
        look();
        assertThat(refusedRows()).hasSize(1);
        AppenderBase<ILoggingEvent> gone = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getFormattedMessage().startsWith("User load dear is no longer agreed")) {
                    throw new NoClassDefFoundError("of an application that has stopped");
                }
            }
        };
        gone.start();
        Logger logger = (Logger) LoggerFactory.getLogger(WorkloadManager.class);
        logger.addAppender(gone);
        try {
            configure("discipline = 'mefi'\n");
            look();
            look();
        } finally {
            logger.detachAppender(gone);
        }

        assertThat(setting("discipline")).isEqualTo("mefi");
        assertThat(refusedRows()).isEmpty();
        assertThat(session.manager().bookkeeping().settled().of("dear", "USD"))
                .extracting(AmountsDue.Amount::sum)
                .isEqualTo(2000.0);
    }

    @Test
    void aFaultyFileIsRefusedOnceAndTheOldOneStays() throws Exception {
        configure("discipline = 'fifo'\n" + jobs(1));
        ManagedSession holder = open();
        Object statement = hold(holder);
        FutureTask<Long> waiting = ask(open());

        configure("disciplin = 'mefi'\n");
        for (int i = 0; i < 4; i++) {
            look();
        }

        assertThat(warnings())
                .containsExactly(
                        "Workload manager jdbc:test:one keeps the configuration it has; what has changed is refused:",
                        file() + ":3:1: unknown key 'disciplin' in [workload_routing]; the nearest known name is"
                                + " discipline");
        assertThat(refusedRows()).singleElement().asString().startsWith(file() + ":3:1 ");
        assertThat(setting("discipline")).isEqualTo("fifo");
        assertThat(waiting.isDone()).isFalse();
        holder.after(statement, holder.profile(JOBS), null);
        assertThat(waiting.get()).isNotNegative();

        configure("discipline = 'mefi'\n" + jobs(1));
        look();
        look();
        assertThat(refusedRows()).isEmpty();
        assertThat(setting("discipline")).isEqualTo("mefi");
    }

    @Test
    void aFaultyAgreementIsRefusedAndMended() throws Exception {
        agreement("dear", "2000");
        configure("agreements = ['dear.xml']\n");
        ManagedSession session = open();

        write("dear.xml", "<Agreement>");
        look();
        look();
        assertThat(refusedRows()).first().asString().contains("dear.xml:1:");
        assertThat(load(session, "dear").maximum()).isEqualTo(2000);

        agreement("dear", "3000");
        look();
        look();
        assertThat(refusedRows()).isEmpty();
        assertThat(load(session, "dear").maximum()).isEqualTo(3000);
    }

    @Test
    void aDeletedFileIsRefusedUntilItIsThereAgain() throws Exception {
        configure("discipline = 'fifo'\n");
        open();

        Files.delete(file());
        look();
        look();
        assertThat(refusedRows())
                .singleElement()
                .asString()
                .startsWith("helios.config there is no file '" + file() + "'");
        assertThat(setting("discipline")).isEqualTo("fifo");

        configure("discipline = 'mefi'\n");
        look();
        look();
        assertThat(refusedRows()).isEmpty();
        assertThat(setting("discipline")).isEqualTo("mefi");
    }

    /** Whose disk was full has lost his configuration, and not his accounts. */
    @Test
    void anEmptiedFileIsRefused() throws Exception {
        configure("discipline = 'fifo'\n");
        open();

        for (int i = 0; i < 2; i++) {
            Files.writeString(file(), " \n".repeat(i));
            look();
            look();
            assertThat(refusedRows()).singleElement().asString().startsWith(file() + " the file is empty now; ");
            assertThat(setting("discipline")).isEqualTo("fifo");
        }

        Files.writeString(file(), "[workload_routing]\n");
        look();
        look();
        assertThat(refusedRows()).isEmpty();
        assertThat(setting("discipline")).isEqualTo("budget");
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotRead() throws Exception {
        configure("discipline = 'fifo'\n");
        open();

        configure("");
        look();
        configure("discipline = 'mefi'\n");
        look();
        assertThat(setting("discipline")).isEqualTo("fifo");
        look();

        assertThat(setting("discipline")).isEqualTo("mefi");
    }

    @Test
    void itIsLookedAsOftenAsTheFileSays() throws Exception {
        configure("discipline = 'fifo'\n");
        open();
        configure("discipline = 'mefi'\n");
        clock.addAndGet(PERIOD - 1);
        registry.lookAtFiles();
        registry.lookAtFiles();
        registry.lookAtFiles();
        assertThat(setting("discipline")).isEqualTo("fifo");
        clock.addAndGet(1);
        registry.lookAtFiles();
        clock.addAndGet(PERIOD);
        registry.lookAtFiles();
        assertThat(setting("discipline")).isEqualTo("mefi");
    }

    @Test
    void zeroIsNever() throws Exception {
        write("helios.toml", "[workload_routing]\nreload_ms = 0\n");
        open();

        configure("discipline = 'mefi'\n");
        look();
        look();

        assertThat(setting("discipline")).isEqualTo("budget");
    }

    @Test
    void whatCannotChangeStaysAndIsNamed() throws Exception {
        configure("accounts = 'memory'\n");
        ManagedSession session = open();

        configure(
                "enabled = false\naccounts = 'file:books'\n[workload_routing.classifier]\ndatabase_estimates = true\n");
        look();
        look();

        assertThat(warnings())
                .containsExactly(file()
                        + ": these settings cannot change while the workload manager is open, and stay as they are:"
                        + " enabled, accounts, classifier.database_estimates");
        assertThat(setting("accounts")).isEqualTo("memory");
        assertThat(setting("enabled")).isEqualTo("true");
        assertThat(session.manager().enabled()).isTrue();
        assertThat(Files.exists(directory.resolve("books"))).isFalse();
    }

    @Test
    void accountsInAFileFollow() throws Exception {
        agreement("dear", "2000");
        properties.put("accounts", "file:" + directory.resolve("books"));
        properties.put("accounts_checkpoint_ms", "1000000000");
        configure("agreements = ['*.xml']\n");
        ManagedSession session = open();
        run(session, "/* load=dear */ SELECT 1");
        session.manager().bookkeeping().checkpoint();
        assertThat(Files.readString(directory.resolve("books"))).contains("\"dear\"");

        agreement("cheap", "1000");
        Files.delete(directory.resolve("dear.xml"));
        look();
        look();
        run(session, "/* load=cheap */ SELECT 1");
        session.manager().bookkeeping().checkpoint();

        assertThat(Files.readString(directory.resolve("books")))
                .contains("\"cheap\"")
                .doesNotContain("\"dear\"");
        assertThat(Files.readString(directory.resolve("books.settlements.jsonl")))
                .contains("\"user_load\":\"dear\"")
                .hasLineCount(1);
    }

    @Test
    void aNewClassTakesStatementsAndAnOldOneIsServedToItsEnd() throws Exception {
        configure(jobs(1));
        ManagedSession holder = open();
        Object statement = hold(holder);
        FutureTask<Long> waiting = ask(open());

        configure("[workload_routing.classes.nights]\nmax_concurrency = 1\n");
        look();
        look();
        assertThat(explained(holder, "/* class=nights */ SELECT 1", "service_class"))
                .isEqualTo("nights");
        assertThat(explained(holder, JOBS, "service_class")).isEqualTo("fast_lane");
        holder.after(statement, holder.profile(JOBS), null);

        assertThat(waiting.get()).isNotNegative();
    }

    @Test
    void aForecastFollowsNewLimitsAndBeginsAnewWithOtherClasses() throws Exception {
        configure("dry_run = true\n" + jobs(1));
        ManagedSession one = open();
        ManagedSession two = open();
        Object held = hold(one);
        clock.addAndGet(1_000_000);
        assertThat(ask(two).get()).isZero();
        clock.addAndGet(1_000_000);
        one.after(held, one.profile(JOBS), null);
        two.after(two, two.profile(JOBS), null);
        assertThat(forecast(one))
                .extracting(Figures::statements, Figures::waited)
                .containsExactly(2L, 1L);

        configure("dry_run = true\n" + jobs(2));
        look();
        look();
        assertThat(forecast(one))
                .extracting(Figures::statements, Figures::waited)
                .containsExactly(2L, 0L);

        Object underWay = hold(one);
        configure("dry_run = true\n[workload_routing.classes.nights]\nmax_concurrency = 1\n");
        look();
        look();
        one.after(underWay, one.profile(JOBS), null);
        assertThat(forecast(one)).isNull();
        run(one, "/* class=nights */ SELECT 1");
        assertThat(forecast(one)).extracting(Figures::statements).isEqualTo(1L);

        configure("[workload_routing.classes.nights]\nmax_concurrency = 1\n");
        look();
        look();
        assertThat(forecast(one)).isNull();
    }

    @Test
    void aForecastGoesOnThoughAnAgreementThatSaysTheSameIsReadAgain() throws Exception {
        String agreements = "dry_run = true\nagreements = ['*.xml']\n";
        agreement("dear", "2000", "sql='from +stock'");
        configure(agreements + jobs(1));
        ManagedSession session = open();
        run(session, JOBS);

        configure(agreements + jobs(2));
        look();
        look();
        assertThat(forecast(session)).extracting(Figures::statements).isEqualTo(1L);

        agreement("dear", "2000", "sql='from +orders'");
        look();
        look();
        assertThat(forecast(session)).isNull();
    }

    private static @Nullable Figures forecast(ManagedSession session) {
        Outlook outlook = session.manager().report().get(0).outlook();
        return outlook == null ? null : outlook.figures();
    }

    @Test
    void whatWasLearnedGoesOn() throws Exception {
        String learning = "[workload_routing.classifier]\nmode = 'ml_based'\nlearning_file = 'learned.bin'\n";
        configure(learning);
        ManagedSession session = open();
        StatementProfile profile = session.profile("SELECT name FROM shop WHERE id = 1");
        for (int i = 0; i < 64; i++) {
            session.manager().executed(profile, TimeUnit.SECONDS.toNanos(90));
        }
        var before = session.manager().rules().classifier();

        configure(learning + "min_confidence = 0.5\n");
        look();
        look();

        var after = session.manager().rules().classifier();
        assertThat(after).isNotSameAs(before);
        assertThat(before.probabilities(profile))
                .hasEntrySatisfying("background_queue", each -> assertThat(each).isGreaterThan(0.9));
        assertThat(after.probabilities(after.profile(profile.sql())))
                .hasEntrySatisfying("background_queue", each -> assertThat(each).isGreaterThan(0.9));
        assertThat(session.manager().classifiers().untilKept()).isNotEqualTo(Long.MAX_VALUE);
        session.close();
        registry.closeIdle();
        assertThat(Files.size(directory.resolve("learned.bin"))).isPositive();
    }

    @Test
    void propertiesStandOverTheNewFileToo() throws Exception {
        properties.put("discipline", "static");
        configure("max_concurrency = 7\n");
        open();

        configure("max_concurrency = 9\ndiscipline = 'mefi'\n");
        look();
        look();

        assertThat(setting("discipline")).isEqualTo("static");
        assertThat(setting("max_concurrency")).isEqualTo("9");
    }

    @Test
    void theThreadThatLooksEndsWithTheLastManager() throws Exception {
        configure("");
        Registry watched = new Registry(clock::get, InstantSource.system());
        ManagedSession session = watched.open("jdbc:test:one", Map.of("config", file().toString()), "app", null);
        assertThat(watched.watches()).isTrue();

        session.close();
        watched.closeIdle();

        while (watched.watches()) {
            Thread.sleep(1);
        }
        assertThat(watched.size()).isZero();
    }

    /** Every statement gets its slot, and every transaction is booked, whatever changes meanwhile. */
    @Test
    void nothingIsLostWhileEverythingChanges() throws Exception {
        String[] disciplines = {"fifo", "static", "kafka", "budget", "mefi"};
        String agreements = "agreements = ['*.xml']\n";
        agreement("dear", "2000");
        configure(agreements + jobs(1));
        int threads = 6;
        AtomicBoolean changed = new AtomicBoolean();
        List<FutureTask<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ManagedSession session = open();
            workers.add(new FutureTask<>(() -> {
                int n = 0;
                while (n < 300 || !changed.get()) {
                    run(session, "/* class=jobs, load=dear */ SELECT " + n % 7);
                    n++;
                }
                return n;
            }));
        }
        workers.forEach(worker -> new Thread(worker, "works").start());
        for (int changes = 1; changes <= 30; changes++) {
            agreement("dear", changes % 2 == 0 ? "2000" : "4000");
            configure(agreements + "discipline = '" + disciplines[changes % disciplines.length] + "'\n"
                    + jobs(1 + changes % 3));
            look();
            look();
        }
        changed.set(true);
        long done = 0;
        for (FutureTask<Integer> worker : workers) {
            done += worker.get();
        }

        assertThat(load(sessions.get(0), "dear").transactions()).isEqualTo(done);
        assertThat(jobsClass().admitted()).isEqualTo(done);
        assertThat(jobsClass().active()).isZero();
        assertThat(jobsClass().queued()).isZero();
        assertThat(sessions.get(0).manager().report().get(0).figures().executed())
                .isEqualTo(done);
        assertThat(refusedRows()).isEmpty();
    }

    private static String jobs(int concurrency) {
        return "[workload_routing.classes.jobs]\nqueue_timeout_ms = 0\nmax_concurrency = " + concurrency + "\n";
    }

    private Path file() {
        return directory.resolve("helios.toml");
    }

    private void configure(String rest) throws IOException {
        write("helios.toml", HEAD + rest);
    }

    private void agreement(String load, String maximum) throws IOException {
        agreement(load, maximum, "application='nobody'");
    }

    private void agreement(String load, String maximum, String match) throws IOException {
        write(load + ".xml", """
                <Agreement xmlns="urn:helios:agreement:1" id="%1$s">
                  <Name>%1$s</Name>
                  <Context/>
                  <Terms>
                    <ServiceDescriptionTerm name="%1$s">
                      <UserLoad name="%1$s"><Match %3$s/></UserLoad>
                    </ServiceDescriptionTerm>
                    <GuaranteeTerm name="%1$s latency" userLoad="%1$s">
                      <ServiceLevelObjective>
                        <PercentileObjective percent="90" responseTime="PT5S"/>
                      </ServiceLevelObjective>
                      <BusinessValueList>
                        <Penalty assessmentInterval="P1M" valueUnit="USD" perPercentagePoints="10" value="1000" maximum="%2$s"/>
                      </BusinessValueList>
                    </GuaranteeTerm>
                  </Terms>
                </Agreement>
                """.formatted(load, maximum, match));
    }

    /** Each time a second later, for a file system's clock may be coarse. */
    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(written++)));
    }

    private void look() {
        clock.addAndGet(PERIOD);
        registry.lookAtFiles();
    }

    private ManagedSession open() throws SQLException {
        Map<String, String> settings = new HashMap<>(properties);
        settings.put("config", file().toString());
        ManagedSession session = registry.open("jdbc:test:one", settings, "app", null);
        sessions.add(session);
        return session;
    }

    private static Object hold(ManagedSession session) throws SQLException {
        Object statement = new Object();
        session.before(statement, session.profile(JOBS), 0);
        return statement;
    }

    private FutureTask<Long> ask(ManagedSession session) {
        return ask(session, JOBS);
    }

    /** Asks in a thread of its own, and comes back when it waits. */
    private FutureTask<Long> ask(ManagedSession session, String sql) {
        int before = jobsClass().queued();
        FutureTask<Long> task = new FutureTask<>(() -> session.before(session, session.profile(sql), 0));
        Thread thread = new Thread(task, "asks");
        thread.setDaemon(true);
        thread.start();
        while (jobsClass().queued() == before && !task.isDone()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        return task;
    }

    private ServiceClassStatus jobsClass() {
        return sessions.get(0).manager().classes().stream()
                .filter(each -> each.name().equals("jobs"))
                .findFirst()
                .orElseThrow();
    }

    private static void run(ManagedSession session, String sql) throws SQLException {
        run(session, session.profile(sql));
    }

    private static void run(ManagedSession session, StatementProfile profile) throws SQLException {
        session.before(session, profile, 0);
        session.after(session, profile, null);
    }

    private static LoadStatus load(ManagedSession session, String name) {
        return session.manager().loads().stream()
                .filter(each -> each.userLoad().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String setting(String name) {
        return sessions.get(0).manager().settings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private List<String> refusedRows() throws SQLException {
        List<String> refused = new ArrayList<>();
        try (ResultSet rows = sessions.get(0).manager().admin().show("CONFIG")) {
            while (rows.next()) {
                if (rows.getString("name").equals("refused")) {
                    refused.add(rows.getString("origin") + " " + rows.getString("value"));
                }
            }
        }
        return refused;
    }

    private static String explained(ManagedSession session, String sql, String property) throws SQLException {
        try (ResultSet rows = session.answer(session.profile("EXPLAIN HELIOS " + sql))) {
            while (rows != null && rows.next()) {
                if (rows.getString("property").equals(property)) {
                    return rows.getString("value");
                }
            }
        }
        throw new AssertionError(property);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(each -> each.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
