package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.slo.Settlement;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is owed and why: for machines as one line of JSON, for people as a sentence. */
public final class StatementOfAccount {
    /** What follows an identity, whose last character is this one's first. In a text its quotes would be escaped. */
    private static final String UNTIL = ",\"until\":";

    private StatementOfAccount() {}

    /** The beginning of its line, which no other settlement has: whose account, and which interval of it. */
    static String identity(Settlement settlement) {
        return identity(settlement.account().userLoad(), settlement.account().owner(), settlement.from());
    }

    /** Likewise, of a settlement that there may be. */
    static String identity(String userLoad, @Nullable String owner, Instant from) {
        StringBuilder line = new StringBuilder();
        text(line.append('{'), "user_load", userLoad);
        text(line.append(','), "account", owner);
        text(line.append(','), "from", from.toString());
        return line.append(',').toString();
    }

    /** The identity that a line begins with; none where the line is cut off. */
    static Optional<String> identityOf(CharSequence line) {
        String text = line.toString();
        int end = text.indexOf(UNTIL);
        return end < 0 || !text.endsWith("}") ? Optional.empty() : Optional.of(text.substring(0, end + 1));
    }

    /** The whole line, without its end. */
    static String json(Settlement settlement) {
        StringBuilder line = new StringBuilder(identity(settlement));
        text(line, "until", settlement.until().toString());
        line.append(",\"transactions\":").append(settlement.transactions());
        line.append(",\"late\":").append(settlement.late());
        line.append(",\"conformance\":").append(settlement.conformance());
        PercentileObjective percentile = settlement.percentile();
        if (percentile != null) {
            line.append(",\"promised_percent\":").append(percentile.percent());
            text(line.append(','), "promised_within", percentile.responseTime().toString());
        }
        line.append(",\"points_per_step\":").append(settlement.penalty().perPercentagePoints());
        line.append(",\"value_per_step\":").append(settlement.penalty().value().toPlainString());
        line.append(",\"maximum\":").append(settlement.penalty().maximum().toPlainString());
        line.append(",\"steps\":").append(settlement.steps());
        line.append(",\"due\":").append(settlement.due().toPlainString());
        text(line.append(','), "unit", settlement.unit());
        text(line.append(','), "why", why(settlement));
        return line.append('}').toString();
    }

    private static void text(StringBuilder line, String name, @Nullable String value) {
        line.append('"').append(name).append("\":");
        if (value == null) {
            line.append("null");
        } else {
            Quoted.write(value, line);
        }
    }

    /** Why so much is due. */
    public static String why(Settlement settlement) {
        PercentileObjective percentile = settlement.percentile();
        return settlement.transactions() + " transactions, " + settlement.late() + " late, conformance "
                + settlement.conformance()
                + (percentile == null
                        ? ""
                        : "; promised: " + percentile.percent() + " percent within " + percentile.responseTime())
                + "; " + settlement.steps() + " started steps of "
                + settlement.penalty().perPercentagePoints() + " points at "
                + settlement.penalty().value().toPlainString() + ", at most "
                + settlement.penalty().maximum().toPlainString() + "; due "
                + settlement.due().toPlainString() + " " + settlement.unit();
    }
}
