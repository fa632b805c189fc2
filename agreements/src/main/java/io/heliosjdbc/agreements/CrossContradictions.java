package io.heliosjdbc.agreements;

import io.heliosjdbc.agreements.xml.AgreementType;
import io.heliosjdbc.agreements.xml.GuaranteeTermType;
import io.heliosjdbc.agreements.xml.MatchType;
import io.heliosjdbc.agreements.xml.PenaltyType;
import io.heliosjdbc.agreements.xml.ServiceDescriptionTermType;
import io.heliosjdbc.agreements.xml.UserLoadType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What contradicts itself across all agreements of one workload manager: the first of a name or a description counts, and
 * every later one is told where that is. Not thread-safe.
 */
final class CrossContradictions {
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Place> agreements = new HashMap<>();
    private final Map<String, Place> loads = new HashMap<>();
    private final Map<List<@Nullable Object>, Described> matches = new HashMap<>();
    private @Nullable Unit unit;

    private record Described(UserLoadType load, Place place) {}

    private record Unit(String name, Place place) {}

    private CrossContradictions() {}

    static List<Fault> in(List<Document> documents) {
        CrossContradictions found = new CrossContradictions();
        for (Document document : documents) {
            if (document.agreement() != null) {
                found.visit(document, document.agreement());
            }
        }
        return found.faults;
    }

    private void visit(Document document, AgreementType agreement) {
        if (document.sound(agreement)) {
            Place place = document.tag(agreement).attribute("id");
            unique(agreements, agreement.getId(), place, "agreement", "give each agreement an id of its own");
        }
        if (agreement.getTerms() == null) {
            return;
        }
        for (ServiceDescriptionTermType term : agreement.getTerms().getServiceDescriptionTerm()) {
            if (document.sound(term.getUserLoad())) {
                load(document, term.getUserLoad());
            }
        }
        for (GuaranteeTermType term : agreement.getTerms().getGuaranteeTerm()) {
            if (term.getBusinessValueList() != null
                    && document.sound(term.getBusinessValueList().getPenalty())) {
                unit(document, term.getBusinessValueList().getPenalty());
            }
        }
    }

    private void load(Document document, UserLoadType load) {
        Place place = document.tag(load).attribute("name");
        unique(loads, load.getName(), place, "user load", "give each user load a name of its own, in all files");
        for (MatchType match : load.getMatch()) {
            List<@Nullable Object> criteria = criteria(match);
            if (!document.sound(match) || criteria.stream().allMatch(Objects::isNull)) {
                continue;
            }
            Place matchPlace = document.tag(match).place();
            Described before = matches.putIfAbsent(criteria, new Described(load, matchPlace));
            if (before != null && before.load() != load) {
                faults.add(matchPlace.fault(
                        "the same requests already belong to user load \""
                                + before.load().getName() + "\" at " + before.place(),
                        "describe them differently, or remove one of the two"));
            }
        }
    }

    private void unit(Document document, PenaltyType penalty) {
        Place place = document.tag(penalty).attribute("valueUnit");
        Unit first = unit;
        if (first == null) {
            unit = new Unit(penalty.getValueUnit(), place);
        } else if (!first.name().equals(penalty.getValueUnit())) {
            faults.add(place.fault(
                    "penalties in " + penalty.getValueUnit() + " cannot be weighed against those in " + first.name()
                            + " at " + first.place(),
                    "give all penalties in one unit"));
        }
    }

    private void unique(Map<String, Place> before, String name, Place place, String kind, String mend) {
        Place first = before.putIfAbsent(name, place);
        if (first != null) {
            faults.add(place.fault(kind + " \"" + name + "\" is already at " + first, mend));
        }
    }

    /** What a match says, attribute by attribute, by the rules that requests are held against it; null where it says nothing. */
    static List<@Nullable Object> criteria(MatchType match) {
        return Arrays.asList(
                match.getUser(),
                match.getApplication(),
                match.getClient(),
                match.getTenant(),
                inAnyCase(match.getSchema()),
                match.getTransaction(),
                match.getWorkload(),
                match.getPriority(),
                inAnyCase(match.getTable()),
                match.getSql());
    }

    private static @Nullable String inAnyCase(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }
}
