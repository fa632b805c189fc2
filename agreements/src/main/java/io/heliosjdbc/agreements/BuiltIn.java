package io.heliosjdbc.agreements;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The agreement that applies where none is given. Not read from XML: whoever has no agreement of his own need not wait for a parser, a
 * schema and JAXB when he connects. Immutable.
 */
final class BuiltIn {
    static final Agreements AGREEMENTS = agreements();

    private BuiltIn() {}

    private static Agreements agreements() {
        List<UserLoad> loads = new ArrayList<>();
        loads.add(load("high", 1000, "critical", "high"));
        loads.add(load("medium", 200, "medium"));
        loads.add(load("low", 40, "low", "background"));
        Map<UserLoad, Place> places = new LinkedHashMap<>();
        loads.forEach(each -> places.put(each, Place.wholeFile("the built-in agreement")));
        return new Agreements(
                List.of(new Agreement(
                        "built-in", "Built-in agreement by priority", new Context(null, null, null), loads)),
                places);
    }

    /** A single step: a violation costs the same however far it goes (thesis 3.6, the customer mix). */
    private static UserLoad load(String name, int dollars, String... priorities) {
        List<Match> matches = Stream.of(priorities)
                .map(each -> new Match(null, null, null, null, null, null, each, null, null))
                .toList();
        BigDecimal value = BigDecimal.valueOf(dollars);
        Guarantee guarantee = new Guarantee(
                name + " priority",
                new PercentileObjective(90, Duration.ofSeconds(5)),
                null,
                null,
                null,
                new Penalty(Period.ofMonths(1), "USD", 10, value, value));
        return new UserLoad(name, null, AccountPer.LOAD, matches, null, guarantee);
    }
}
