package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RecordsTest {

    @Test
    void theExampleOfTheDesignIsReadInFull() throws RefusedInputException {
        Agreement shop = Fixtures.good("design-example.xml").all().get(0);

        assertThat(shop)
                .isEqualTo(new Agreement(
                        "shop",
                        "Web shop",
                        new Context("dba", "checkout team", Instant.parse("2027-12-31T00:00:00Z")),
                        List.of(new UserLoad(
                                "checkout",
                                "fast_lane",
                                AccountPer.CLIENT,
                                List.of(new Match(null, "shop-web", null, null, "NewOrder", null, null, null, null)),
                                200.0,
                                new Guarantee(
                                        "checkout latency",
                                        new PercentileObjective(90, Duration.ofSeconds(5)),
                                        new DeadlineObjective.Static(Duration.ofSeconds(15)),
                                        50.0,
                                        Duration.ofMillis(350),
                                        new Penalty(
                                                Period.ofMonths(1),
                                                "USD",
                                                10,
                                                BigDecimal.valueOf(1000),
                                                BigDecimal.valueOf(2000)))))));
    }

    @Test
    void anIntervalMayBeANumberOfTransactions() throws RefusedInputException {
        Guarantee guarantee = Fixtures.good("counted.xml").userLoads().get(0).guarantee();

        assertThat(Objects.requireNonNull(guarantee).penalty())
                .isEqualTo(new Penalty(
                        new AssessmentInterval.Transactions(1_000),
                        "USD",
                        10,
                        BigDecimal.valueOf(1000),
                        BigDecimal.valueOf(2000)));
    }

    @Test
    void everyAttributeArrives() throws RefusedInputException {
        Agreement everything = Fixtures.good("everything.xml").all().get(0);

        assertThat(everything.name()).isEqualTo("Every element and attribute");
        assertThat(everything.context())
                .isEqualTo(new Context("provider", "consumer", Instant.parse("2027-12-31T22:59:59.250Z")));
        assertThat(everything.userLoads())
                .extracting(UserLoad::name, UserLoad::accountPer, UserLoad::serviceClass)
                .containsExactly(
                        tuple("all attributes", AccountPer.TENANT, "parallel_lanes"),
                        tuple("dynamic", AccountPer.USER, null),
                        tuple("named by hint only", AccountPer.APPLICATION, null),
                        tuple("nothing promised", AccountPer.CLIENT, null),
                        tuple("whole load", AccountPer.LOAD, null));
    }

    @Test
    void everyCriterionOfAMatchArrives() throws RefusedInputException {
        UserLoad load = load("all attributes");
        Match match = load.matches().get(0);

        assertThat(match)
                .isEqualTo(new Match("u", "a", "c", "t", "s", "x", "analytics", "background", "orders", match.sql()));
        assertThat(match.sql()).isNotNull();
        assertThat(Objects.requireNonNull(match.sql())
                        .matcher("SELECT * FROM  orders")
                        .find())
                .isTrue();
        assertThat(load.matches().subList(1, 3))
                .containsExactly(
                        new Match(null, null, null, null, null, "oltp", null, null, null),
                        new Match(null, null, null, null, null, "batch", "critical", null, null));
        assertThat(load.maxArrivalsPerSecond()).isEqualTo(12.5);
        assertThat(load("dynamic").matches()).extracting(Match::priority).containsExactly("high", "medium", "low");
    }

    @Test
    void everyObjectiveArrives() throws RefusedInputException {
        assertThat(load("all attributes").guarantee())
                .isEqualTo(new Guarantee(
                        "all",
                        new PercentileObjective(100, Duration.ofMillis(350)),
                        new DeadlineObjective.Static(Duration.ofMillis(350)),
                        12.5,
                        Duration.ofMillis(100),
                        new Penalty(Period.of(1, 2, 3), "EUR", 100, BigDecimal.valueOf(7), BigDecimal.valueOf(7))));
        assertThat(load("dynamic").guarantee())
                .isEqualTo(new Guarantee(
                        "dynamic",
                        new PercentileObjective(99.5, Duration.ofSeconds(90_061, 1)),
                        new DeadlineObjective.Dynamic(95),
                        null,
                        null,
                        new Penalty(Duration.ofHours(36), "EUR", 0.5, new BigDecimal("0.25"), new BigDecimal("0.75"))));
        assertThat(load("named by hint only").guarantee())
                .isEqualTo(new Guarantee("hint", null, null, 3.0, null, null));
        assertThat(load("whole load").guarantee())
                .isEqualTo(new Guarantee("whole", null, null, null, Duration.ofMinutes(2), null));
        assertThat(load("nothing promised").guarantee()).isNull();
    }

    @Test
    void accountsCountForTheWholeLoadUnlessSaidOtherwise() throws RefusedInputException {
        Agreements agreements = Agreements.readFrom(List.of(
                Fixtures.bytes(Fixtures.agreement("a", "l", "user='u'", "").getBytes(StandardCharsets.UTF_8))));

        assertThat(agreements.userLoads()).extracting(UserLoad::accountPer).containsExactly(AccountPer.LOAD);
    }

    @Test
    void theBuiltInAgreementIsTheOneThatPeopleWouldWrite() throws RefusedInputException {
        assertThat(Agreements.builtIn().all())
                .isEqualTo(Fixtures.good("built-in.xml").all())
                .hasSize(1);
        assertThat(Agreements.builtIn().inForce(Instant.MAX).all()).hasSize(1);
        UserLoad high = Agreements.builtIn().userLoads().get(0);
        assertThat(Agreements.builtIn().fault(high, "no service class", "configure it"))
                .hasToString("the built-in agreement: no service class; configure it");
    }

    private static UserLoad load(String name) throws RefusedInputException {
        return Objects.requireNonNull(Fixtures.good("everything.xml").userLoad(name));
    }
}
