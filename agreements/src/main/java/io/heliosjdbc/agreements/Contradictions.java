package io.heliosjdbc.agreements;

import io.heliosjdbc.agreements.xml.AgreementType;
import io.heliosjdbc.agreements.xml.ArrivalRateType;
import io.heliosjdbc.agreements.xml.DeadlineObjectiveType;
import io.heliosjdbc.agreements.xml.GuaranteeTermType;
import io.heliosjdbc.agreements.xml.MatchType;
import io.heliosjdbc.agreements.xml.PenaltyType;
import io.heliosjdbc.agreements.xml.PercentileObjectiveType;
import io.heliosjdbc.agreements.xml.ServiceDescriptionTermType;
import io.heliosjdbc.agreements.xml.ServiceLevelObjectiveType;
import io.heliosjdbc.agreements.xml.ThroughputObjectiveType;
import io.heliosjdbc.agreements.xml.UserLoadType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a schema cannot say about one agreement: elements that contradict each other. Looks only at elements that the schema
 * found sound, so that no fault is told twice. Not thread-safe.
 */
final class Contradictions {
    private final Document document;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, UserLoadType> loads = new LinkedHashMap<>();
    /** Whether a load that is not among them is really absent, not only hidden by a fault. */
    private boolean everyLoadKnown;

    private Contradictions(Document document) {
        this.document = document;
        this.everyLoadKnown = document.structureKnown();
    }

    static List<Fault> in(Document document) {
        Contradictions found = new Contradictions(document);
        AgreementType agreement = document.agreement();
        if (agreement != null && agreement.getTerms() != null) {
            found.descriptions(agreement.getTerms().getServiceDescriptionTerm());
            found.guarantees(agreement.getTerms().getGuaranteeTerm());
        }
        return found.faults;
    }

    private void descriptions(List<ServiceDescriptionTermType> terms) {
        Map<String, Place> names = new LinkedHashMap<>();
        for (ServiceDescriptionTermType term : terms) {
            unique(term, term.getName(), names, "service description term");
            UserLoadType load = term.getUserLoad();
            everyLoadKnown &= document.sound(load);
            if (document.sound(load)) {
                // The first of a name counts; a second one is a fault that is found across all files.
                loads.putIfAbsent(load.getName(), load);
            }
            if (load != null) {
                load.getMatch().forEach(this::match);
            }
        }
    }

    private void match(MatchType match) {
        if (!document.sound(match)) {
            return;
        }
        StartTag tag = document.tag(match);
        if (CrossContradictions.criteria(match).stream().allMatch(Objects::isNull)) {
            faults.add(tag.place()
                    .fault(
                            "<Match> describes nothing",
                            "give it at least one attribute, or remove it if only a hint is to name the user load"));
        } else if (match.getSql() != null) {
            regularExpression(match.getSql(), tag.attribute("sql"));
        }
    }

    private void regularExpression(String expression, Place place) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            String at = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
            faults.add(place.fault(
                    "sql=" + SchemaMessages.quoted(expression) + " is not a regular expression: " + e.getDescription()
                            + at,
                    "correct it, with a backslash before every sign that stands for itself"));
        }
    }

    private void guarantees(List<GuaranteeTermType> terms) {
        Map<String, Place> names = new LinkedHashMap<>();
        Map<String, Place> guaranteed = new LinkedHashMap<>();
        for (GuaranteeTermType term : terms) {
            unique(term, term.getName(), names, "guarantee term");
            if (document.sound(term)) {
                guaranteedLoad(term, guaranteed);
            }
            ServiceLevelObjectiveType objective = term.getServiceLevelObjective();
            PenaltyType penalty = term.getBusinessValueList() == null
                    ? null
                    : term.getBusinessValueList().getPenalty();
            if (objective != null) {
                objectives(objective, loads.get(term.getUserLoad()));
                penaltyNeedsPercentile(penalty, objective);
            }
            if (penalty != null && document.sound(penalty)) {
                interval(penalty);
                amounts(penalty);
            }
        }
    }

    private void guaranteedLoad(GuaranteeTermType term, Map<String, Place> guaranteed) {
        Place place = document.tag(term).attribute("userLoad");
        Place before = guaranteed.putIfAbsent(term.getUserLoad(), place);
        if (before != null) {
            faults.add(place.fault(
                    "user load \"" + term.getUserLoad() + "\" already has a guarantee term at " + before,
                    "put all its objectives into one guarantee term"));
        }
        if (everyLoadKnown && !loads.containsKey(term.getUserLoad())) {
            faults.add(place.fault(
                    "this agreement describes no user load \"" + term.getUserLoad() + "\"",
                    "name one of " + String.join(", ", loads.keySet()) + ", or describe the user load"));
        }
    }

    private void objectives(ServiceLevelObjectiveType objective, @Nullable UserLoadType load) {
        if (document.sound(objective) && isEmpty(objective)) {
            faults.add(document.tag(objective)
                    .place()
                    .fault(
                            "<ServiceLevelObjective> promises nothing",
                            AgreementSchema.INSTANCE
                                    .content("ServiceLevelObjectiveType")
                                    .mend()));
        }
        PercentileObjectiveType percentile = objective.getPercentileObjective();
        DeadlineObjectiveType deadline = objective.getDeadlineObjective();
        if (document.sound(percentile, deadline)
                && Durations.exact(deadline.getResponseTime()).compareTo(Durations.exact(percentile.getResponseTime()))
                        < 0) {
            faults.add(document.tag(deadline)
                    .attribute("responseTime")
                    .fault(
                            "the deadline of " + deadline.getResponseTime()
                                    + " is shorter than the percentile objective's response time of "
                                    + percentile.getResponseTime(),
                            "make the deadline at least as long, or the response time shorter"));
        }
        ThroughputObjectiveType throughput = objective.getThroughputObjective();
        ArrivalRateType arrivals = load == null ? null : load.getArrivalRate();
        if (arrivals != null
                && document.sound(throughput, arrivals)
                && throughput.getMinPerSecond().compareTo(arrivals.getMaxPerSecond()) > 0) {
            faults.add(document.tag(throughput)
                    .attribute("minPerSecond")
                    .fault(
                            "a throughput of " + throughput.getMinPerSecond()
                                    + " per second is promised, but the user load arrives with at most "
                                    + arrivals.getMaxPerSecond() + " per second at "
                                    + document.tag(arrivals).attribute("maxPerSecond"),
                            "promise no more than may arrive"));
        }
    }

    private static boolean isEmpty(ServiceLevelObjectiveType objective) {
        return objective.getPercentileObjective() == null
                && objective.getDeadlineObjective() == null
                && objective.getDynamicDeadlineObjective() == null
                && objective.getThroughputObjective() == null
                && objective.getAverageResponseTimeObjective() == null;
    }

    private void penaltyNeedsPercentile(@Nullable PenaltyType penalty, ServiceLevelObjectiveType objective) {
        if (penalty != null
                && document.structureKnown()
                && !isEmpty(objective)
                && objective.getPercentileObjective() == null) {
            faults.add(document.tag(penalty)
                    .place()
                    .fault(
                            "a penalty is due for a percentile objective, and this guarantee term has none",
                            "add <PercentileObjective percent=\"...\" responseTime=\"...\"/>, or remove the penalty"));
        }
    }

    private void interval(PenaltyType penalty) {
        boolean time = penalty.getAssessmentInterval() != null;
        boolean transactions = penalty.getAssessmentTransactions() != null;
        if (time && transactions) {
            faults.add(document.tag(penalty)
                    .attribute("assessmentTransactions")
                    .fault(
                            "<Penalty> has assessmentInterval already",
                            "settle after a time or after so many transactions, and remove the other one"));
        } else if (!time && !transactions) {
            faults.add(document.tag(penalty)
                    .place()
                    .fault(
                            "<Penalty> lacks the attribute assessmentInterval or assessmentTransactions",
                            "add " + "assessmentInterval=\"P1M\" to settle every month, for instance, or"
                                    + " assessmentTransactions=\"1000\" to settle after so many transactions"));
        }
    }

    private void amounts(PenaltyType penalty) {
        if (penalty.getMaximum().compareTo(penalty.getValue()) < 0) {
            faults.add(document.tag(penalty)
                    .attribute("maximum")
                    .fault(
                            "the maximum of " + penalty.getMaximum() + " is below the value of " + penalty.getValue()
                                    + " for a single step",
                            "make the maximum at least " + penalty.getValue()));
        }
    }

    private void unique(Object term, @Nullable String name, Map<String, Place> before, String kind) {
        Place place = document.tag(term).attribute("name");
        Place first = name == null ? null : before.putIfAbsent(name, place);
        if (first != null) {
            faults.add(place.fault(
                    "the name \"" + name + "\" is already that of the " + kind + " at " + first,
                    "give each " + kind + " a name of its own"));
        }
    }
}
