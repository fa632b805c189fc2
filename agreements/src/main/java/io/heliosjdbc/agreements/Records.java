package io.heliosjdbc.agreements;

import io.heliosjdbc.agreements.xml.AgreementType;
import io.heliosjdbc.agreements.xml.ContextType;
import io.heliosjdbc.agreements.xml.GuaranteeTermType;
import io.heliosjdbc.agreements.xml.MatchType;
import io.heliosjdbc.agreements.xml.PenaltyType;
import io.heliosjdbc.agreements.xml.ServiceDescriptionTermType;
import io.heliosjdbc.agreements.xml.ServiceLevelObjectiveType;
import io.heliosjdbc.agreements.xml.UserLoadType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;

/** Turns the content of a file in which no fault was found into records. Stateless. */
final class Records {
    private Records() {}

    static Agreement agreement(AgreementType xml) {
        Map<String, Guarantee> guarantees = new HashMap<>();
        for (GuaranteeTermType term : xml.getTerms().getGuaranteeTerm()) {
            guarantees.put(term.getUserLoad(), guarantee(term));
        }
        return new Agreement(
                xml.getId(),
                xml.getName(),
                context(xml.getContext()),
                xml.getTerms().getServiceDescriptionTerm().stream()
                        .map(ServiceDescriptionTermType::getUserLoad)
                        .map(load -> userLoad(load, guarantees.get(load.getName())))
                        .toList());
    }

    private static Context context(ContextType xml) {
        return new Context(xml.getServiceProvider(), xml.getServiceConsumer(), instant(xml.getExpirationTime()));
    }

    /** From when on a sound agreement no longer holds; null where it holds for ever. */
    static @Nullable Instant expirationTime(AgreementType xml) {
        return instant(xml.getContext().getExpirationTime());
    }

    private static @Nullable Instant instant(@Nullable XMLGregorianCalendar xml) {
        if (xml == null) {
            return null;
        }
        int nanos = xml.getFractionalSecond() == null
                ? 0
                : xml.getFractionalSecond().movePointRight(9).intValueExact();
        return LocalDateTime.of(
                        xml.getYear(),
                        xml.getMonth(),
                        xml.getDay(),
                        xml.getHour(),
                        xml.getMinute(),
                        xml.getSecond(),
                        nanos)
                .toInstant(ZoneOffset.ofTotalSeconds(60 * xml.getTimezone()));
    }

    private static UserLoad userLoad(UserLoadType xml, @Nullable Guarantee guarantee) {
        return new UserLoad(
                xml.getName(),
                xml.getServiceClass(),
                switch (xml.getAccountPer()) {
                    case LOAD -> AccountPer.LOAD;
                    case USER -> AccountPer.USER;
                    case APPLICATION -> AccountPer.APPLICATION;
                    case CLIENT -> AccountPer.CLIENT;
                    case TENANT -> AccountPer.TENANT;
                },
                xml.getMatch().stream().map(Records::match).toList(),
                xml.getArrivalRate() == null
                        ? null
                        : xml.getArrivalRate().getMaxPerSecond().doubleValue(),
                guarantee);
    }

    private static Match match(MatchType xml) {
        return new Match(
                xml.getUser(),
                xml.getApplication(),
                xml.getClient(),
                xml.getTenant(),
                xml.getSchema(),
                xml.getTransaction(),
                xml.getWorkload() == null ? null : xml.getWorkload().value(),
                xml.getPriority() == null ? null : xml.getPriority().value(),
                xml.getTable(),
                xml.getSql() == null ? null : Pattern.compile(xml.getSql()));
    }

    private static Guarantee guarantee(GuaranteeTermType xml) {
        ServiceLevelObjectiveType objective = xml.getServiceLevelObjective();
        return new Guarantee(
                xml.getName(),
                percentile(objective),
                deadline(objective),
                objective.getThroughputObjective() == null
                        ? null
                        : objective.getThroughputObjective().getMinPerSecond().doubleValue(),
                averageResponseTime(objective),
                xml.getBusinessValueList() == null
                        ? null
                        : penalty(xml.getBusinessValueList().getPenalty()));
    }

    private static @Nullable PercentileObjective percentile(ServiceLevelObjectiveType xml) {
        return xml.getPercentileObjective() == null
                ? null
                : new PercentileObjective(
                        xml.getPercentileObjective().getPercent().doubleValue(),
                        Durations.exact(xml.getPercentileObjective().getResponseTime()));
    }

    private static @Nullable DeadlineObjective deadline(ServiceLevelObjectiveType xml) {
        if (xml.getDeadlineObjective() != null) {
            return new DeadlineObjective.Static(
                    Durations.exact(xml.getDeadlineObjective().getResponseTime()));
        }
        return xml.getDynamicDeadlineObjective() == null
                ? null
                : new DeadlineObjective.Dynamic(
                        xml.getDynamicDeadlineObjective().getPercentile().doubleValue());
    }

    private static @Nullable Duration averageResponseTime(ServiceLevelObjectiveType xml) {
        return xml.getAverageResponseTimeObjective() == null
                ? null
                : Durations.exact(xml.getAverageResponseTimeObjective().getMax());
    }

    private static Penalty penalty(PenaltyType xml) {
        return new Penalty(
                xml.getAssessmentTransactions() == null
                        ? new AssessmentInterval.Calendar(Durations.interval(xml.getAssessmentInterval()))
                        : new AssessmentInterval.Transactions(xml.getAssessmentTransactions()),
                xml.getValueUnit(),
                xml.getPerPercentagePoints().doubleValue(),
                xml.getValue(),
                xml.getMaximum());
    }
}
