package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.promises.Account;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    @TempDir
    Path folder;

    /** A scenario of one stream of transactions; what is said of its arrivals begins in line 12. */
    private Scenario read(String arrivals) throws IOException {
        return read("transactions", "per_second = 100\n" + arrivals);
    }

    private Scenario read(String work, String more) throws IOException {
        try (InputStream agreement =
                Objects.requireNonNull(Scenario.class.getResourceAsStream("mixed/agreement.xml"))) {
            Files.write(folder.resolve("agreement.xml"), agreement.readAllBytes());
        }
        Files.writeString(folder.resolve("helios.toml"), "# as it is");
        Path file = folder.resolve("scenario.toml");
        Files.writeString(file, """
                        title = "x"
                        agreement = "agreement.xml"
                        configuration = "helios.toml"
                        [two_pools]
                        transactions = 2
                        questions = 1
                        [[stream]]
                        name = "transactions"
                        parallel = 4
                        work = "%s"
                        %s
                        """.formatted(work, more));
        return Scenario.read(file.toString());
    }

    private static Course course(Scenario scenario) {
        return (Course) pace(scenario);
    }

    private static Pace pace(Scenario scenario) {
        return scenario.streams().get(0).pace();
    }

    @Test
    void whatIsNotSaidIsPoisson() throws IOException {
        assertThat(course(read(""))).isEqualTo(Course.poisson(100));
        assertThat(course(read("arrivals = \"poisson\""))).isEqualTo(Course.poisson(100));
        assertThat(pace(read("questions", ""))).isEqualTo(Closed.WITHOUT_PAUSE);
        assertThat(pace(read("questions", "arrivals = \"closed\""))).isEqualTo(Closed.WITHOUT_PAUSE);
    }

    @Test
    void whatIsPromisedIsToldToTheLastDigit() {
        PercentileObjective objective = new PercentileObjective(99.9, Duration.ofNanos(2_400_000));
        assertThat(new Terms(Duration.ZERO, objective, null).text()).isEqualTo("99.9 % within 2.4 ms");
    }

    /** With the agreement of {@code mixed}, changed, and a stream of a name. */
    private Scenario named(String stream, UnaryOperator<String> change) throws IOException {
        read("");
        Path agreement = folder.resolve("agreement.xml");
        Files.writeString(agreement, change.apply(Files.readString(agreement)));
        Path file = folder.resolve("scenario.toml");
        Files.writeString(
                file,
                Files.readString(file).replace("\"transactions\"\nparallel", "\"" + stream + "\"\nparallel") + """
                        [[stream]]
                        name = "questions"
                        work = "questions"
                        parallel = 1
                        """);
        return Scenario.read(file.toString());
    }

    @Test
    void aStreamAndAUserLoadThatMissEachOtherAreRefused() throws IOException {
        assertThat(named("transactions", text -> text).streams()).hasSize(2);
        refused(
                () -> named("transaction", text -> text),
                "8:1: there is no user load 'transaction' in the agreement, and no stream for its transactions");
    }

    /** Helios would never apply it, and be held to it all the same. */
    @Test
    void aUserLoadThatHeliosNeverAppliesIsRefusedWithItsPlace() throws IOException {
        String given = "<Match client=\"transactions\"/>";
        String said =
                "8:1: Helios never applies the user load 'transactions' of 'agreement.xml' to this stream, for none of its <Match>"
                        + " holds for it; write <Match client=\"transactions\"/> there";
        for (String other : List.of(
                "<Match client=\"clerks\"/>",
                "<Match client=\"Transactions\"/>",
                "<Match transaction=\"Payment\"/>",
                "<Match workload=\"oltp\"/>",
                "")) {
            refused(() -> named("transactions", text -> text.replace(given, other)), said);
        }
        for (String another :
                List.of("<Match client=\"clerks\"/>" + given, "<Match user=\"u\"/>", "<Match sql=\".\"/>")) {
            assertThat(named("transactions", text -> text.replace(given, another))
                            .streams())
                    .as("that it holds, or may hold: " + another)
                    .hasSize(2);
        }
    }

    @Test
    void aStreamThatDeclaresAnotherUserLoadThanItsOwnIsRefused() throws IOException {
        refused(
                () -> read("declares = { load = \"questions\" }"),
                "12:1: Helios takes 'transactions' for the user load 'questions' that it declares");
        assertThat(read("declares = { load = \"transactions\" }").streams()).hasSize(1);
    }

    @Test
    void whatIsPromisedButNotMeasuredIsTold() throws IOException {
        Scenario scenario = named(
                "transactions",
                text -> text.replaceFirst(
                        "<PercentileObjective[^>]*/>(\\s*</ServiceLevelObjective>)\\s*<BusinessValueList>(?s:.*?)</BusinessValueList>",
                        "<DeadlineObjective responseTime=\"PT0.05S\"/>"
                                + "<AverageResponseTimeObjective max=\"PT0.02S\"/>$1"));
        String told =
                "transactions are promised a deadline of 50 ms and an average of 20 ms, which is not measured: a promise is a"
                        + " PercentileObjective here, and without one they count as promised nothing";
        assertThat(scenario.notMeasured()).containsExactly(told);
        assertThat(scenario.streams().get(0).terms())
                .extracting(Terms::text)
                .containsExactly("nothing (not measured: a deadline of 50 ms, an average of 20 ms)");
        Recorder recorder = new Recorder(scenario.streams().get(0), 1_000_000_000, false);
        Comparison comparison =
                new Comparison(scenario, Map.of(), List.of(Results.of(Contender.Way.STRAIGHT, recorder)), Map.of(), "");
        assertThat(comparison.text()).contains(told);
        assertThat(comparison
                        .tree()
                        .at("/straight/streams/transactions/notMeasured")
                        .toString())
                .isEqualTo("[\"a deadline of 50 ms\",\"an average of 20 ms\"]");
        assertThat(read("").notMeasured()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "server", "machine", "database", "java", "rehearsal", "one pool"})
    void aStreamThatWouldBeSomethingElseInTheReportIsRefused(String name) {
        refused(() -> named(name, text -> text), "8:1: a stream cannot be called '" + name + "', for the report has");
    }

    @Test
    void aStreamHasAName() {
        refused(() -> named(" ", text -> text), "8:1: 'name' must be a text of 1 to 256 characters, and not blank");
        refused(() -> named("x".repeat(257), text -> text), "8:1: 'name' must be a text of 1 to 256 characters");
    }

    @Test
    void anAgreementThatIsADirectoryIsRefusedWithItsPlace() throws IOException {
        read("");
        Files.delete(folder.resolve("agreement.xml"));
        Files.createDirectory(folder.resolve("agreement.xml"));
        refused(
                () -> Scenario.read(folder.resolve("scenario.toml").toString()),
                "2:1: cannot read '" + folder.resolve("agreement.xml") + "' (");
    }

    @Test
    void aDirectoryIsNoScenario() {
        assertThatThrownBy(() -> Scenario.read(folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + folder + "' is a directory; name the scenario.toml in it");
    }

    @Test
    void askersOfQuestionsThatComeAtARateAreRefused() throws IOException {
        Scenario paced = read("questions", "arrivals = \"poisson\"\nper_second = 2");
        assertThatThrownBy(() -> paced.withAskers(3))
                .hasMessageContaining("transactions of scenario.toml are questions that come at a rate");
    }

    /** Of one agreement they are refused anyway. */
    @Test
    void penaltiesInAnotherUnitFromThenOnAreRefused() throws IOException {
        amended("from = '1s'; agreement = 'later.xml'");
        Path later = folder.resolve("later.xml");
        Files.writeString(later, Files.readString(later).replace("USD", "EUR"));
        refused(
                () -> Scenario.read(folder.resolve("scenario.toml").toString()),
                "2:1: penalties are in EUR and USD, and cannot be added up");
    }

    @Test
    void itsFilesAreReadOnce() throws IOException {
        Scenario scenario = read("");
        Files.delete(folder.resolve("helios.toml"));
        Files.delete(folder.resolve("agreement.xml"));
        assertThat(scenario.withRate(10).files())
                .containsEntry("helios.toml", "# as it is")
                .hasEntrySatisfying("agreement.xml", text -> assertThat(text).contains("<Agreement"));
        Files.writeString(folder.resolve("agreement.xml"), scenario.files().getOrDefault("agreement.xml", ""));
        refused(
                () -> Scenario.read(folder.resolve("scenario.toml").toString()),
                "3:1: there is no file '" + folder.resolve("helios.toml") + "'");
    }

    @Test
    void questionsCanHaveARateOfTheirOwn() throws IOException {
        Scenario scenario = read("questions", """
                        arrivals = "bursts"
                        per_second = 0.5
                        burst_factor = 3
                        burst_period = "4s"
                        phases = [{ from = "2s", rate = 2 }]
                        """);
        Course course = new Course(
                new Course.Bursts(3, Duration.ofSeconds(4)), 0.5, List.of(new Course.Phase(Duration.ofSeconds(2), 2)));
        assertThat(course(scenario)).isEqualTo(course);
        assertThat(scenario.timeline()).extracting(Event::what).containsExactly("transactions: 2 questions per second");
        assertThat(scenario.streams().get(0).times(2).pace())
                .as("the rate of the command line is of transactions")
                .isEqualTo(course);
    }

    @Test
    void transactionsCanBeThoseOfTerminals() throws IOException {
        Scenario scenario = read("transactions", """
                        arrivals = "closed"
                        scale = 0.5
                        percent = 80
                        phases = [{ from = "15s", percent = 180 }, { from = "23s", percent = 80 }]
                        """);
        Closed closed = (Closed) pace(scenario);
        assertThat(closed.factors().factorAt(-1)).isEqualTo(0.625);
        assertThat(closed.factors().factorAt(15_000_000_000L)).isEqualTo(0.5 / 1.8);
        assertThat(closed.factors().factorAt(60_000_000_000L)).isEqualTo(0.625);
        assertThat(scenario.streams().get(0).amount())
                .isEqualTo("4 terminals with TPC-C's keying and think times times 0.5, 80 % of that load,"
                        + " 180 % of that load from 15 s, 80 % of that load from 23 s");
        assertThat(scenario.timeline())
                .extracting(Event::text)
                .containsExactly(
                        " 15.00 s  transactions: 180 % of that load", " 23.00 s  transactions: 80 % of that load");
        assertThat(pace(read("transactions", "arrivals = \"closed\"\nscale = 0")))
                .isEqualTo(Closed.WITHOUT_PAUSE);
        assertThatThrownBy(() -> scenario.withRate(10)).hasMessageContaining("no transactions that come at a rate");
    }

    @Test
    void howLongHowLargeAndFromWhichSeedIsRead() throws IOException {
        assertThat(read("").basis()).isEqualTo(Basis.USUAL);
        assertThat(topped(
                                "duration = \"3s\"; warmup = \"500ms\"; seed = -7; population = \"small\"; warehouses = 2; isolation = \"serializable\"")
                        .basis())
                .isEqualTo(new Basis(
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        -7,
                        Population.named("small"),
                        2,
                        Isolation.SERIALIZABLE));
    }

    /** What is said at the top is in the first lines. */
    private Scenario topped(String text) throws IOException {
        read("");
        Path file = folder.resolve("scenario.toml");
        Files.writeString(file, toml(text) + "\n" + Files.readString(file));
        return Scenario.read(file.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "warmup = 8 | 1:1: 'warmup' must be there, as a text",
                "seed = 'x' | 1:1: 'seed' must be a whole number",
                "seed = 1; population = 'tiny' | 2:1: there is no population 'tiny'; choose full or small",
                "warehouses = 0 | 1:1: 'warehouses' must be there, a whole number from 1 to 10000",
                "duration = '0s' | 1:1: 'duration' must be one second or more",
                "warmup = '3000000h' | 1:1: 'warmup': '3000000h' is too long; write at most 8760h",
                "warehouses = 10001 | 1:1: 'warehouses' must be there, a whole number from 1 to 10000",
                "'two pools' = 1 | 1:1: nobody knows the key 'two pools'",
                "'' = 1 | 1:1: nobody knows the key ''",
                "isolation = 'chaos' | 1:1: 'isolation' must be one of read-committed, repeatable-read, serializable",
                "ways = 'helios' | 1:1: 'ways' must be a list of texts",
                "ways = [] | 1:1: 'ways' must name each once, of oltpAlone, straight, twoPools, helios, heliosLate",
                "ways = ['helios', 'alone'] | 1:1: 'ways' must name each once",
                "ways = ['helios', 'helios'] | 1:1: 'ways' must name each once",
            })
    void aFaultAtTheTopIsRefusedWithItsPlace(String text, String said) {
        refused(() -> topped(text), said);
    }

    @Test
    void everyWayAndItsPhasesAreRead() throws IOException {
        List<Course.Phase> phases =
                List.of(new Course.Phase(Duration.ZERO, 50.5), new Course.Phase(Duration.ofMillis(1500), 0));
        assertThat(
                        course(
                                read(
                                        "arrivals = \"constant\"\nphases = [\n{ from = \"0s\", rate = 50.5 },\n{ from = \"1500ms\", rate = 0 }]")))
                .isEqualTo(new Course(new Course.Constant(), 100, phases));
        assertThat(course(read("arrivals = \"bursts\"\nburst_factor = 2.5\nburst_period = \"2s\"")))
                .isEqualTo(new Course(new Course.Bursts(2.5, Duration.ofSeconds(2)), 100, List.of()));
    }

    @Test
    void waysAndTheSizeOfTheOnePoolAreRead() throws IOException {
        assertThat(read("").ways()).isEqualTo(Contender.Way.USUAL);
        assertThat(read("").physicalConnections()).isEqualTo(6);
        assertThat(read("").logicalConnections()).isEqualTo(6);
        assertThat(topped("ways = ['heliosLate', 'straight', 'oltpAlone']").ways())
                .as("as given")
                .containsExactly(Contender.Way.HELIOS_LATE, Contender.Way.STRAIGHT, Contender.Way.OLTP_ALONE);
        Scenario scenario = Scenario.read("pool-inversion");
        assertThat(scenario.ways())
                .startsWith(Contender.Way.OLTP_ALONE, Contender.Way.STRAIGHT)
                .endsWith(Contender.Way.HELIOS, Contender.Way.HELIOS_LATE);
        assertThat(scenario.physicalConnections()).isEqualTo(8);
        assertThat(scenario.logicalConnections()).isEqualTo(200);
    }

    @Test
    void theRateOfTheCommandLineScalesThePhases() throws IOException {
        Scenario scenario = read("phases = [{ from = \"1s\", rate = 300 }]").withRate(10);
        assertThat(course(scenario).perSecond()).isEqualTo(10);
        assertThat(course(scenario).phases()).containsExactly(new Course.Phase(Duration.ofSeconds(1), 30));
    }

    @Test
    void aStreamIsThereThroughoutUnlessSomethingElseIsSaid() throws IOException {
        assertThat(read("").streams().get(0).presence()).isEqualTo(Presence.THROUGHOUT);
        assertThat(read("").timeline()).isEmpty();
        Scenario scenario = read("questions", "starts = \"1s\"\nstops = \"3s\"");
        assertThat(scenario.streams().get(0).presence()).isEqualTo(new Presence(1_000_000_000L, 3_000_000_000L));
        assertThat(scenario.timeline())
                .extracting(Event::what)
                .containsExactly("transactions begin: 4 askers of analytical questions", "transactions end");
    }

    /** What is said of amendments begins in line 12. */
    private Scenario amended(String text) throws IOException {
        assertThat(read("").amendments()).isEmpty();
        String agreement = Files.readString(folder.resolve("agreement.xml"));
        Files.writeString(folder.resolve("same.xml"), agreement);
        Files.writeString(folder.resolve("later.xml"), agreement.replace("PT0.012S", "PT0.1S"));
        return read("[[amendment]]\n" + toml(text));
    }

    @Test
    void whatIsAmendedIsPromisedFromThenOn() throws IOException {
        Scenario scenario = amended("from = '1s'; agreement = 'same.xml'; "
                + "[[amendment]]; from = '2s'; agreement = 'later.xml'; "
                + "[[amendment]]; from = '3s'; agreement = 'agreement.xml'");
        assertThat(scenario.amendments()).hasSize(3);
        Stream stream = scenario.streams().get(0);
        assertThat(stream.terms())
                .as("what stays the same goes on")
                .extracting(Terms::text)
                .containsExactly("95 % within 12 ms", "95 % within 100 ms", "95 % within 12 ms");
        assertThat(Terms.numberAt(stream.terms(), -5)).isZero();
        assertThat(Terms.numberAt(stream.terms(), 1_999_999_999L)).isZero();
        assertThat(Terms.numberAt(stream.terms(), 2_000_000_000L)).isEqualTo(1);
        assertThat(Terms.numberAt(stream.terms(), Long.MAX_VALUE)).isEqualTo(2);
        assertThat(scenario.timeline())
                .extracting(Event::text)
                .containsExactly(
                        "  2.00 s  transactions are promised 95 % within 100 ms, no longer 95 % within 12 ms",
                        "  3.00 s  transactions are promised 95 % within 12 ms, no longer 95 % within 100 ms");
    }

    @Test
    void somethingIsJudgedByWhatWasPromisedWhenItWasDue() throws IOException {
        Stream stream =
                amended("from = '2s'; agreement = 'later.xml'").streams().get(0);
        long milli = 1_000_000;
        Recorder recorder = new Recorder(stream, 4000 * milli, false);
        recorder.answered(new Recorder.Piece("Payment", 1990 * milli, 1990 * milli), 2040 * milli, true);
        recorder.answered(new Recorder.Piece("Payment", 2000 * milli, 2000 * milli), 2050 * milli, true);
        recorder.answered(new Recorder.Piece("Payment", 2000 * milli, 2000 * milli), 2101 * milli, true);
        assertThat(recorder.kept()).extracting(Account.Kept::offered).containsExactly(1L, 2L);
        assertThat(recorder.kept()).extracting(Account.Kept::late).containsExactly(1L, 1L);
        assertThat(recorder.late()).isEqualTo(2);
        assertThat(recorder.decided()).isEqualTo(3);
        assertThat(recorder.penalty())
                .as("each time by itself: the most for the first, and for the second nine steps begun of 500")
                .isEqualByComparingTo("9500");
    }

    @Test
    void anAgreementThatHasExpiredIsRefusedWithItsPlace() throws IOException {
        amended("from = '1s'; agreement = 'later.xml'");
        Path later = folder.resolve("later.xml");
        Files.writeString(
                later,
                Files.readString(later)
                        .replace("</Context>", "<ExpirationTime>2020-01-01T00:00:00Z</ExpirationTime></Context>"));
        refused(
                () -> read("[[amendment]]\nfrom = \"1s\"\nagreement = \"later.xml\""),
                "14:1: '" + later + "' expired at 2020-01-01T00:00:00Z");
    }

    @Test
    void filesOfTheSameNameAreKeptApart() throws IOException {
        amended("from = '1s'; agreement = 'later.xml'");
        Files.createDirectory(folder.resolve("night"));
        Files.copy(folder.resolve("later.xml"), folder.resolve("night/agreement.xml"));
        Files.writeString(folder.resolve("helios.toml"), "");
        Scenario scenario = read("[[amendment]]\nfrom = \"1s\"\nagreement = \"night/agreement.xml\"");
        assertThat(scenario.files())
                .containsOnlyKeys("helios.toml", "agreement.xml", "night/agreement.xml")
                .containsEntry("agreement.xml", Files.readString(folder.resolve("agreement.xml")));
        assertThat(Scenario.read("mixed").files()).containsOnlyKeys("helios.toml", "agreement.xml");
    }

    @Test
    void theReportHasNoPasswordsOfItsFiles() throws IOException {
        read("");
        Files.writeString(folder.resolve("helios.toml"), "[workload_routing]\npassword = \"secret\"\n");
        assertThat(Scenario.read(folder.resolve("scenario.toml").toString())
                        .files()
                        .get("helios.toml"))
                .contains("[workload_routing]", "password = ***")
                .doesNotContain("secret");
    }

    @Test
    void theFileInTheDocumentationIsRead() throws IOException {
        read("");
        Path agreement = folder.resolve("agreement.xml");
        Files.writeString(
                agreement,
                Files.readString(agreement)
                        .replace("\"transactions\"", "\"pages\"")
                        .replace("\"questions\"", "\"reports\""));
        String page = Files.readString(Path.of("../docs/benchmarks.md"));
        String text = page.substring(page.indexOf("## Scenario files"));
        int begin = text.indexOf("```toml") + "```toml".length();
        Path file = folder.resolve("scenario.toml");
        Files.writeString(file, text.substring(begin, text.indexOf("```", begin)));
        assertThat(Scenario.read(file.toString()).streams())
                .extracting(Stream::name)
                .containsExactly("pages", "reports", "clerks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "from = '0s'; agreement = 'later.xml' | 13:1: 'from' must be later than that of the agreement before",
                "from = '1s' | 13:1: 'agreement' must be there, as a text",
                "agreement = 'later.xml' | 13:1: 'from' must be there, as a text",
                "from = '1s'; agreement = 'none.xml' | 14:1: there is no file",
                "from = '1s'; agreement = 'later.xml'; until = '2s' | 15:1: nobody knows the key 'until'",
                "from = '1s'; agreement = 'later.xml'; [[amendment]]; from = '1s'; agreement = 'later.xml' | 16:1: 'from' must be later",
            })
    void aFaultInAnAmendmentIsRefusedWithItsPlace(String text, String said) {
        refused(() -> amended(text), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "arrivals = 'now' | 12:1: arrivals is 'now'; write poisson, constant, bursts or closed",
                "arrivals = 'closed' | 11:1: 'per_second' is for what comes at a rate; terminals have parallel, scale and percent",
                "scale = 1 | 12:1: 'scale' is for transactions with arrivals = \"closed\"",
                "arrivals = 'constant'; percent = 80 | 13:1: 'percent' is for transactions with arrivals",
                "arrivals = 3 | 12:1: 'arrivals' must be there, as a text",
                "  arrival = 'constant' | 12:1: nobody knows the key 'arrival'",
                "burst_factor = 3 | 12:1: 'burst_factor' is for arrivals = \"bursts\"",
                "arrivals = 'constant'; burst_period = '1s' | 13:1: 'burst_period' is for arrivals",
                "arrivals = 'bursts'; burst_period = '1s' | 8:1: 'burst_factor' must be there, a number from 1 to 1000",
                "arrivals = 'bursts'; burst_period = '1s'; burst_factor = 1 | 14:1: 'burst_factor' must be above 1",
                "arrivals = 'bursts'; burst_period = '1s'; burst_factor = 1001 | 14:1: 'burst_factor' must be there",
                "arrivals = 'bursts'; burst_factor = 2; burst_period = '0s' | 14:1: 'burst_period' must be above zero",
                "arrivals = 'bursts'; burst_factor = 2; burst_period = 'soon' | 14:1: 'burst_period': 'soon' is not a time span",
                "phases = 3 | 12:1: 'phases' must be a list",
                "phases = [1] | 12:11: write it such as",
                "phases = [{ from = '1s' }] | 12:13: 'rate' must be there",
                "phases = [{ rate = 1 }] | 12:13: 'from' must be there",
                "starts = '3000000h' | 12:1: 'starts': '3000000h' is too long; write at most 8760h",
                "declares = { prioriy = 'high' } | 12:14: nobody knows the key 'prioriy'; there are application,",
                "declares = { 'a b' = 'high' } | 12:14: nobody knows the key 'a b'",
                "declares = { priority = 'hihg' } | 12:14: 'priority' is 'hihg'; write one of background, critical, high, low, medium",
                "declares = { workload = 'olap' } | 12:14: 'workload' is 'olap'; write one of analytics, batch, oltp",
                "declares = { deadline_ms = '0' } | 12:14: 'deadline_ms' is '0'; write a whole number of milliseconds",
                "declares = { tenant = ' ' } | 12:14: 'tenant' is ' '; write a name",
                "declares = { client = 'me' } | 12:14: 'client' is the stream's name already",
                "declares = { priority = 3 } | 12:14: 'priority' must be there, as a text",
                "starts = 'early' | 12:1: 'starts': 'early' is not a time span",
                "starts = '2s'; stops = '2s' | 13:1: 'stops' must be later than 'starts', and above zero",
                "stops = '0s' | 12:1: 'stops' must be later than 'starts', and above zero",
                "declares = 3 | 12:1: 'declares' must be a table",
                "phases = [{ from = '1s', rate = 1, to = '2s' }] | 12:36: nobody knows the key 'to'",
                "phases = [{ from = '1s', rate = -1 }] | 12:26: 'rate' must be there, a number from 0 to 1000000",
                "phases = [{ from = '1s', rate = 1 },;  { from = '1s', rate = 2 }] | 13:4: 'from' must be later",
            })
    void aFaultInTheArrivalsIsRefusedWithItsPlace(String text, String said) {
        refused(() -> read(toml(text)), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "per_second = 1 | 11:1: 'per_second' is for arrivals = \"poisson\", \"constant\" or \"bursts\"; say which",
                "arrivals = 'poisson' | 8:1: per_second of transactions must be a number above 0",
                "phases = [] | 11:1: 'phases' is for what comes at a rate; write arrivals = \"poisson\" and per_second beside it",
                "burst_factor = 2 | 11:1: 'burst_factor' is for arrivals",
                "delivery_workers = 1 | 11:1: 'delivery_workers' is for transactions",
                "mix = { Payment = 1 } | 11:1: 'mix' is for transactions",
                "arrivals = 'closed'; scale = 1 | 12:1: 'scale' is for transactions",
                "arrivals = 'poisson'; per_second = 1; scale = 1 | 13:1: 'scale' is for transactions",
            })
    void whatDoesNotSuitQuestionsIsRefused(String text, String said) {
        refused(() -> read("questions", toml(text)), said);
    }

    @Test
    void workersThatExecuteDeliveriesHaveConnectionsToo() throws Exception {
        Scenario usual = read("");
        assertThat(usual.streams()).extracting(Stream::deliveryWorkers).containsExactly(1);
        assertThat(usual.parallel())
                .as("four, their worker, and one to look with")
                .isEqualTo(6);
        Scenario more = read("delivery_workers = 3");
        assertThat(more.parallel()).isEqualTo(8);
        assertThat(more.withRate(7).parallel()).isEqualTo(8);
        assertThat(more.atFullSpeed().parallel()).isEqualTo(2 + 1 + 1);
        assertThat(Scenario.read("mixed").streams())
                .extracting(Stream::deliveryWorkers)
                .containsExactly(4, 0);
        refused(() -> read("delivery_workers = 0"), "12:1: 'delivery_workers' must be");
    }

    @Test
    void inTheRehearsalAsManyAskAsAreMeasuredAndWhatComesAtARateToo() throws IOException {
        for (String arrivals : List.of("", "arrivals = \"poisson\"\nper_second = 0.5")) {
            Stream asking = read("questions", arrivals).atFullSpeed().streams().get(0);
            assertThat(asking.parallel()).isEqualTo(4);
            assertThat(asking.pace()).isEqualTo(Closed.WITHOUT_PAUSE);
        }
        assertThat(read("").atFullSpeed().streams())
                .extracting(Stream::parallel)
                .containsExactly(2);
    }

    @Test
    void aStreamOfTransactionsCanHaveAMixOfItsOwn() throws IOException {
        Mix mix = new Mix(Map.of(TransactionType.NEW_ORDER, 50, TransactionType.PAYMENT, 150));
        Scenario scenario =
                read("mix = { Payment = 150, NewOrder = 50, Delivery = 0 }\nphases = [{ from = \"1s\", rate = 2 }]");
        assertThat(List.of(scenario, scenario.withRate(7), scenario.atFullSpeed(), scenario.withAskers(0)))
                .extracting(each -> each.streams().get(0).mix())
                .containsOnly(mix);
        assertThat(scenario.streams().get(0).parallel(9).mix()).isEqualTo(mix);
        assertThat(scenario.streams().get(0).amount())
                .isEqualTo("100 transactions per second, 2 from 1 s, at most 4 at once; mix: NewOrder 50, Payment 150");
        assertThat(scenario.parallel())
                .as("four, nobody who executes Deliveries, and one to look with")
                .isEqualTo(5);
        assertThat(scenario.atFullSpeed().parallel()).isEqualTo(3);
        assertThat(read("mix = { Delivery = 1 }\ndelivery_workers = 3").parallel())
                .isEqualTo(8);
        Stream terminals = read("transactions", "arrivals = \"closed\"\nscale = 0\nmix.Payment = 10000")
                .streams()
                .get(0);
        assertThat(terminals.mix()).isEqualTo(new Mix(Map.of(TransactionType.PAYMENT, 10_000)));
        assertThat(terminals.amount()).isEqualTo("4 terminals without keying and think times; mix: Payment 10000");
    }

    @Test
    void inTightSmallTransactionsComeTwoHundredTimesASecondBesideFourAskers() throws IOException {
        Scenario scenario = Scenario.read("tight");
        assertThat(scenario.ways()).containsExactly(Contender.Way.values());
        Stream payments = scenario.transactions().get(0);
        assertThat(payments.amount()).isEqualTo("200 transactions per second, at most 40 at once; mix: Payment 1");
        assertThat(payments.terms()).extracting(Terms::text).containsExactly("95 % within 2.5 ms");
        assertThat(scenario.questions()).extracting(Stream::parallel).containsExactly(4);
        assertThat(scenario.questionPool()).isEqualTo(1);
        assertThat(scenario.physicalConnections()).isEqualTo(24);
        assertThat(scenario.logicalConnections()).as("one for each thread").isEqualTo(scenario.parallel() - 1);
    }

    @Test
    void tpccsMixIsNoneOfItsOwn() throws IOException {
        for (String said :
                List.of("", "mix = { NewOrder = 45, Payment = 43, OrderStatus = 4, Delivery = 4, StockLevel = 4 }")) {
            Stream stream = read(said).streams().get(0);
            assertThat(stream.mix()).isEqualTo(Mix.TPC_C);
            assertThat(stream.hasMixOfItsOwn()).isFalse();
            assertThat(stream.amount()).isEqualTo("100 transactions per second, at most 4 at once");
        }
        Stream questions = read("questions", "").streams().get(0);
        assertThat(questions.mix()).isEqualTo(Mix.NONE);
        assertThat(questions.hasMixOfItsOwn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "mix = 'Payment' | 12:1: 'mix' must be a table",
                "mix = {} | 12:1: 'mix' has no card; give one type 1 or more, such as { NewOrder = 1, Payment = 1 }",
                "mix = { Payment = 0, NewOrder = 0 } | 12:1: 'mix' has no card",
                "mix = { Payments = 1 } | 12:9: nobody knows the key 'Payments'; there are Delivery, NewOrder, OrderStatus, Payment, StockLevel",
                "mix = { payment = 1 } | 12:9: nobody knows the key 'payment'",
                "mix = { Payment = '1' } | 12:9: 'Payment' must be there, a whole number from 0 to 10000",
                "mix = { NewOrder = 1, Payment = -1 } | 12:23: 'Payment' must be there, a whole number from 0",
                "mix = { Payment = 0.5 } | 12:9: 'Payment' must be there, a whole number",
                "mix = { Payment = 10001 } | 12:9: 'Payment' must be there, a whole number",
                "mix = { NewOrder = 5000, Payment = 5001 } | 12:1: 'mix': there are 10001 cards together; divide them all",
                "[stream.mix]; Payments = 1 | 13:1: nobody knows the key 'Payments'",
                "mix.Payment = 0 | 12:1: 'mix' has no card",
                "mix = { Payment = 1 }; delivery_workers = 1 | 13:1: 'delivery_workers' execute Deliveries, and there are none",
            })
    void aFaultInTheMixIsRefusedWithItsPlace(String text, String said) {
        refused(() -> read(toml(text)), said);
    }

    private static void refused(ThrowingCallable reading, String said) {
        assertThatThrownBy(reading)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scenario.toml:" + said);
    }

    /** Of a text in which {@code '} stands for quotation marks and {@code ;} for the end of a line. */
    private static String toml(String text) {
        return text.replace('\'', '"').replace("; ", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "arrivals = 'closed' | 8:1: 'scale' must be there, a number from 0 to 1000",
                "arrivals = 'closed'; scale = 1001 | 12:1: 'scale' must be there",
                "arrivals = 'closed'; scale = 1; percent = 0 | 13:1: 'percent' must be there, a number from 1 to 10000",
                "arrivals = 'closed'; scale = 0; percent = 50 | 13:1: 'percent' divides keying and think times",
                "arrivals = 'closed'; scale = 0; phases = [] | 13:1: 'phases' divides keying and think times",
                "arrivals = 'closed'; scale = 1; burst_factor = 2 | 13:1: 'burst_factor' is for what comes at a rate",
                "arrivals = 'closed'; scale = 1; phases = [{ from = '1s', rate = 5 }] | 13:26: nobody knows the key 'rate'; there are from, percent",
                "arrivals = 'closed'; scale = 1; phases = [{ from = '1s' }] | 13:13: 'percent' must be there",
                "arrivals = 'closed'; scale = 1; phases = [1] | 13:11: write it such as { from = \"10s\", percent = 200 }",
            })
    void whatDoesNotSuitTerminalsIsRefused(String text, String said) {
        refused(() -> read("transactions", toml(text)), said);
    }

    @Test
    void theRateOfTheCommandLineIsBoundedInEachPhase() throws IOException {
        Scenario scenario = read("phases = [{ from = '1s', rate = 1000 }]".replace('\'', '"'));
        assertThat(course(scenario.withRate(100_000)).phases())
                .containsExactly(new Course.Phase(Duration.ofSeconds(1), 1_000_000));
        assertThatThrownBy(() -> scenario.withRate(200_000))
                .hasMessage("with that rate there would be 2000000 per second at times; 1000000 is the most");
    }

    @ParameterizedTest
    @CsvSource({"per_second = 1000001, 11:1", "per_second = 0, 11:1", "per_second = inf, 11:1", "parallel2 = 1, 11:1"})
    void theRateMustBeThere(String text, String place) {
        refused(() -> read("transactions", text), place);
    }

    @Test
    void everyStreamHasANameOfItsOwn() throws IOException {
        String second = "[[stream]]; work = 'questions'; parallel = 1; name = ";
        assertThat(read(toml(second + "'questions'")).streams())
                .extracting(Stream::name)
                .containsExactly("transactions", "questions");
        refused(
                () -> read(toml(second + "'transactions'")),
                "15:1: there is a stream 'transactions' already; give each a name of its own");
    }
}
