package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.slo.AccountState;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.RegressionState;
import io.heliosjdbc.slo.RequestTypeState;
import io.heliosjdbc.slo.ResponseTimeCount;
import io.heliosjdbc.slo.TransactionTypeState;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The text of accounts: a line for each thing, names in quotes, every number after its name; at the end how many
 * lines there are, and a checksum over them. {@code docs/agreements.md} shows one.
 */
final class AccountsText {
    static final String NEVER = "never";

    private static final String HEADER = "helios-accounts";
    private static final long VERSION = 1;
    private static final String COPY = "put a copy in its place, or ";

    private AccountsText() {}

    /** Writes the books down. */
    static byte[] write(List<LoadState> loads, Instant now) {
        return complete(text(loads, now));
    }

    /** Likewise, in plain ASCII whatever their names contain: for what has an encoding of its own. */
    static String ascii(List<LoadState> loads, Instant now) {
        return new String(complete(Quoted.ascii(text(loads, now))), StandardCharsets.US_ASCII);
    }

    private static String text(List<LoadState> loads, Instant now) {
        StringBuilder text = new StringBuilder();
        text.append(HEADER).append(' ').append(VERSION).append(" written ").append(now);
        text.append('\n');
        loads.forEach(load -> write(load, text));
        return text.toString();
    }

    private static byte[] complete(String text) {
        byte[] lines = text.getBytes(StandardCharsets.UTF_8);
        byte[] end = end(lines, lines.length).concat("\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(lines.length + end.length)
                .put(lines)
                .put(end)
                .array();
    }

    private static String end(byte[] lines, int length) {
        CRC32C sum = new CRC32C();
        sum.update(lines, 0, length);
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += lines[i] == '\n' ? 1 : 0;
        }
        return String.format(Locale.ROOT, "end lines %d checksum %08x", count, sum.getValue());
    }

    private static void write(LoadState load, StringBuilder to) {
        Quoted.write(load.load(), to.append("load "));
        to.append(" per ").append(load.accountPer());
        to.append(" from ").append(load.from()).append(" until ");
        to.append(load.until().equals(Instant.MAX) ? NEVER : load.until()).append('\n');
        PercentileObjective percentile = load.percentile();
        if (percentile != null) {
            to.append("objective percent ").append(percentile.percent());
            to.append(" within ").append(percentile.responseTime()).append('\n');
        }
        Penalty penalty = load.penalty();
        if (penalty != null) {
            to.append("penalty every ");
            if (penalty.assessmentInterval() instanceof AssessmentInterval.Transactions transactions) {
                to.append(transactions.count()).append(" transactions");
            } else if (penalty.assessmentInterval() instanceof AssessmentInterval.Calendar calendar) {
                to.append(calendar.length());
            }
            to.append(" points ").append(penalty.perPercentagePoints());
            to.append(" value ").append(penalty.value());
            to.append(" maximum ").append(penalty.maximum());
            Quoted.write(penalty.valueUnit(), to.append(" unit "));
            to.append('\n');
        }
        load.accounts().forEach(account -> write(account, to));
        for (RequestTypeState type : load.requestTypes()) {
            Quoted.write(type.template(), to.append("statement "));
            write(type.regression(), to);
            to.append('\n');
        }
        for (TransactionTypeState type : load.transactionTypes()) {
            Quoted.write(type.name(), to.append("transaction "));
            write(type.regression(), to);
            to.append(" requests ").append(type.meanRequests());
            to.append(" slot_mostly ").append(type.slotMostly());
            to.append(" slot_usually ").append(type.slotUsually());
            to.append(" slot_nearly_always ").append(type.slotNearlyAlways());
            to.append(" alone_ns ").append(type.aloneNanos()).append('\n');
        }
    }

    private static void write(AccountState account, StringBuilder to) {
        to.append("account ");
        String owner = account.owner();
        if (owner == null) {
            to.append('-');
        } else {
            Quoted.write(owner, to);
        }
        to.append(" transactions ").append(account.transactions());
        to.append(" late ").append(account.late());
        to.append(" refused ").append(account.refused());
        to.append(" response_ns ").append(account.responseNanos());
        if (account.from() != null) {
            to.append(" from ").append(account.from());
        }
        if (!account.responseTimes().isEmpty()) {
            to.append(" times_ns");
            for (ResponseTimeCount each : account.responseTimes()) {
                to.append(' ').append(each.nanos()).append(' ').append(each.count());
            }
        }
        to.append('\n');
    }

    private static void write(RegressionState regression, StringBuilder to) {
        to.append(" weight ").append(regression.weight());
        to.append(" concurrency ").append(regression.meanConcurrency());
        to.append(" mean_ns ").append(regression.meanNanos());
        to.append(" squares ").append(regression.squares());
        to.append(" products ").append(regression.products());
    }

    /**
     * Reads the books.
     *
     * @param file its name, for faults
     * @param anew what to do where they are damaged and there is no copy
     * @throws RefusedInputException if it is damaged, cut off, or of a later version
     */
    static List<LoadState> read(String file, byte[] content, String anew) throws RefusedInputException {
        String text = decoded(file, content, anew);
        Reading reading = new Reading();
        int number = 0;
        int start = 0;
        boolean ended = false;
        while (start < text.length()) {
            number++;
            int newline = text.indexOf('\n', start);
            String line = text.substring(start, newline < 0 ? text.length() : newline);
            try {
                if (ended) {
                    throw new IllegalArgumentException("there is something behind the end");
                }
                if (number == 1) {
                    header(file, line, anew);
                } else if (line.startsWith("end ")) {
                    byte[] before = text.substring(0, start).getBytes(StandardCharsets.UTF_8);
                    if (!line.equals(end(before, before.length))) {
                        throw new IllegalArgumentException("number of lines and checksum are not those of the file");
                    }
                    reading.finish();
                    ended = true;
                } else {
                    reading.line(line);
                }
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
                throw refused(file, number, "the accounts are damaged or cut off: " + wrong.getMessage(), COPY + anew);
            }
            start = newline < 0 ? text.length() : newline + 1;
        }
        if (!ended) {
            throw refused(
                    file, Math.max(1, number), "the accounts are cut off: the last line, end, is missing", COPY + anew);
        }
        return reading.loads;
    }

    private static void header(String file, String line, String anew) throws RefusedInputException {
        Words words = new Words(line);
        long version = words.whole(HEADER);
        if (version > VERSION) {
            throw refused(
                    file,
                    1,
                    "the accounts were written by a later version of Helios (format " + version + ", this one reads "
                            + VERSION + ")",
                    "use that version, or " + anew);
        }
        Instant unused = words.instant("written");
        words.end();
    }

    private static String decoded(String file, byte[] content, String anew) throws RefusedInputException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        if (decoder.decode(bytes, text, true).isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += content[i] == '\n' ? 1 : 0;
            }
            throw refused(file, line, "the accounts are damaged or cut off: this is not UTF-8", COPY + anew);
        }
        return text.flip().toString();
    }

    private static RefusedInputException refused(String file, int line, String what, String anew) {
        return new RefusedInputException(List.of(new Fault(file, line, 1, what, anew)));
    }

    /** What has been read up to a line. */
    private static final class Reading {
        private final List<LoadState> loads = new ArrayList<>();
        private @Nullable String load;
        private AccountPer per = AccountPer.LOAD;
        private Instant from = Instant.MIN;
        private Instant until = Instant.MAX;
        private @Nullable PercentileObjective percentile;
        private @Nullable Penalty penalty;
        private final List<AccountState> accounts = new ArrayList<>();
        private final List<RequestTypeState> requestTypes = new ArrayList<>();
        private final List<TransactionTypeState> transactionTypes = new ArrayList<>();

        void line(String line) {
            Words words = new Words(line);
            String kind = words.next();
            if (load == null && !kind.equals("load")) {
                throw new IllegalArgumentException("'" + kind + "' stands before the first load");
            }
            switch (kind) {
                case "load" -> {
                    finish();
                    load = words.text();
                    per = AccountPer.valueOf(words.expect("per").next());
                    from = words.instant("from");
                    until = words.instant("until");
                }
                case "objective" ->
                    percentile = new PercentileObjective(
                            words.number("percent"),
                            Duration.parse(words.expect("within").next()));
                case "penalty" -> penalty = penalty(words);
                case "account" -> accounts.add(account(words));
                case "statement" -> requestTypes.add(new RequestTypeState(words.text(), regression(words)));
                case "transaction" ->
                    transactionTypes.add(new TransactionTypeState(
                            words.text(),
                            regression(words),
                            words.number("requests"),
                            words.number("slot_mostly"),
                            words.number("slot_usually"),
                            words.number("slot_nearly_always"),
                            words.number("alone_ns")));
                default -> throw new IllegalArgumentException("'" + kind + "' is unknown");
            }
            words.end();
        }

        private static Penalty penalty(Words words) {
            String every = words.expect("every").next();
            AssessmentInterval interval;
            if (every.startsWith("P")) {
                interval = new AssessmentInterval.Calendar(
                        every.contains("T") ? Duration.parse(every) : Period.parse(every));
            } else {
                interval = new AssessmentInterval.Transactions(Long.parseLong(every));
                words = words.expect("transactions");
            }
            double points = words.number("points");
            BigDecimal value = words.decimal("value");
            BigDecimal maximum = words.decimal("maximum");
            return new Penalty(interval, words.expect("unit").text(), points, value, maximum);
        }

        private static AccountState account(Words words) {
            String owner = words.textOrNone();
            long transactions = words.whole("transactions");
            long late = words.whole("late");
            long refused = words.whole("refused");
            double responseNanos = words.number("response_ns");
            List<ResponseTimeCount> times = new ArrayList<>();
            String next = words.hasNext() ? words.next() : "";
            Instant from = null;
            if (next.equals("from")) {
                from = Instant.parse(words.next());
                next = words.hasNext() ? words.next() : "";
            }
            if (!next.isEmpty()) {
                if (!next.equals("times_ns")) {
                    throw new IllegalArgumentException("'" + next + "' stands where times_ns is expected");
                }
                while (words.hasNext()) {
                    times.add(new ResponseTimeCount(Long.parseLong(words.next()), Long.parseLong(words.next())));
                }
            }
            return new AccountState(owner, transactions, late, refused, responseNanos, times, from);
        }

        private static RegressionState regression(Words words) {
            return new RegressionState(
                    words.number("weight"),
                    words.number("concurrency"),
                    words.number("mean_ns"),
                    words.number("squares"),
                    words.number("products"));
        }

        private void finish() {
            if (load != null) {
                loads.add(new LoadState(
                        load, per, from, until, percentile, penalty, accounts, requestTypes, transactionTypes));
            }
            load = null;
            percentile = null;
            penalty = null;
            accounts.clear();
            requestTypes.clear();
            transactionTypes.clear();
        }
    }
}
