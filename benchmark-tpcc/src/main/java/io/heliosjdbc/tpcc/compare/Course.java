package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Stream.Work;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How a stream's transactions or questions become due, whoever is still busy: in which way, and at what rate over time. Times are of the
 * measurement, whose beginning is 0; the warm-up is before it. Immutable.
 *
 * @param way how they follow one another
 * @param perSecond how many become due per second, above 0, until the first phase; in the warm-up too
 * @param phases from when on there are more or fewer, in the order of their beginnings, no two at once
 */
record Course(Way way, double perSecond, List<Phase> phases) implements Pace {
    /** Beyond this the clock's nanoseconds and a thread's pace leave nothing to be measured. */
    static final double MOST_PER_SECOND = 1_000_000;

    /** How they follow one another. */
    sealed interface Way {}

    /** Independently of one another: a Poisson process. */
    record Poisson() implements Way {}

    /** At equal distances; where in the first one they begin comes from the seed, so that streams do not march in step. */
    record Constant() implements Way {}

    /**
     * On and off: a period begins with a Poisson process at so many times the rate and goes on with silence, in such proportions that the
     * mean over the period is the rate. The first period of the measurement begins with it.
     *
     * @param factor how many times the rate while it is on, above 1; it is on for one part in so many of the period
     * @param period from the beginning of one burst to the next, above zero
     */
    record Bursts(double factor, Duration period) implements Way {
        private long onNanos() {
            return Math.round(period.toNanos() / factor);
        }
    }

    /**
     * Another rate from an instant on, until the next phase.
     *
     * @param from since the measurement began, zero or more
     * @param perSecond how many become due per second on average, 0 or more
     */
    record Phase(Duration from, double perSecond) {}

    Course {
        phases = List.copyOf(phases);
    }

    static Course poisson(double perSecond) {
        return new Course(new Poisson(), perSecond, List.of());
    }

    /**
     * So many times as many, in every phase.
     *
     * @throws IllegalArgumentException where that is too many in one of them
     */
    Course times(double factor) {
        double most = phases.stream().mapToDouble(Phase::perSecond).reduce(perSecond, Math::max) * factor;
        if (!(most <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException("with that rate there would be " + shortly(most)
                    + " per second at times; " + shortly(MOST_PER_SECOND) + " is the most");
        }
        return new Course(
                way,
                perSecond * factor,
                phases.stream()
                        .map(phase -> new Phase(phase.from(), phase.perSecond() * factor))
                        .toList());
    }

    /** For people: {@code 100 transactions per second in bursts of 4 times that every 2 s, 300 from 10 s, at most 40 at once}. */
    @Override
    public String text(Work work, int parallel) {
        StringBuilder text = new StringBuilder(rate(perSecond, work));
        if (way instanceof Constant) {
            text.append(" at equal distances");
        } else if (way instanceof Bursts bursts) {
            text.append(" in bursts of ")
                    .append(shortly(bursts.factor()))
                    .append(" times that every ")
                    .append(shortly(bursts.period().toNanos() / 1e9))
                    .append(" s");
        }
        phases.forEach(
                phase -> text.append(", ").append(shortly(phase.perSecond())).append(from(phase.from())));
        return text.append(", at most ").append(parallel).append(" at once").toString();
    }

    @Override
    public List<Event> changes(Work work) {
        return phases.stream()
                .map(phase -> new Event(phase.from(), rate(phase.perSecond(), work)))
                .toList();
    }

    private static String rate(double perSecond, Work work) {
        return shortly(perSecond) + " " + work.word() + " per second";
    }

    /** For people: {@code  from 10 s}, with the space before it. */
    static String from(Duration instant) {
        return " from " + seconds(instant);
    }

    /** For people: {@code 0.5 s}. */
    static String seconds(Duration length) {
        return shortly(length.toNanos() / 1e9) + " s";
    }

    /** For people: a number without needless digits. */
    static String shortly(double number) {
        return BigDecimal.valueOf(number)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The instants of one stream, one after the other. Not thread-safe. */
    final class Instants {
        private final SplittableRandom random;
        private long at;
        private boolean begun;

        private Instants(SplittableRandom random, long from) {
            this.random = random;
            this.at = from;
        }

        /** The next one in nanoseconds, not before the last one; {@link Long#MAX_VALUE} where there will be none any more. */
        long next() {
            // As many as this are to be expected until then, whatever the rate does meanwhile.
            double expected;
            if (!(way instanceof Constant)) {
                expected = -Math.log(1 - random.nextDouble());
            } else {
                expected = begun ? 1 : random.nextDouble();
            }
            begun = true;
            while (at < Long.MAX_VALUE) {
                long end = sameUntil(at);
                double nanosPerPiece = 1e9 / rate(at);
                double needed = expected * nanosPerPiece;
                if (needed <= (double) end - at) {
                    at += Math.round(needed);
                    return at;
                }
                expected -= ((double) end - at) / nanosPerPiece;
                at = end;
            }
            return at;
        }
    }

    /**
     * The instants at which something becomes due; they follow from the random numbers alone.
     *
     * @param from nanoseconds of the measurement; negative where the warm-up begins
     */
    Instants instants(SplittableRandom random, long from) {
        return new Instants(random, from);
    }

    /** How many per second at this instant; 0 between bursts. */
    double rate(long at) {
        double rate = perSecond;
        for (Phase phase : phases) {
            if (at >= phase.from().toNanos()) {
                rate = phase.perSecond();
            }
        }
        if (way instanceof Bursts bursts) {
            return Math.floorMod(at, bursts.period().toNanos()) < bursts.onNanos() ? rate * bursts.factor() : 0;
        }
        return rate;
    }

    /** The next instant at which the rate may be another one; {@link Long#MAX_VALUE} for never. */
    private long sameUntil(long at) {
        long until = Long.MAX_VALUE;
        boolean silent = !phases.isEmpty() && phases.get(phases.size() - 1).perSecond() == 0;
        for (Phase phase : phases) {
            if (phase.from().toNanos() > at) {
                until = phase.from().toNanos();
                break;
            }
        }
        if (until == Long.MAX_VALUE && silent) {
            return until;
        }
        if (way instanceof Bursts bursts) {
            long within = Math.floorMod(at, bursts.period().toNanos());
            long on = bursts.onNanos();
            until = Math.min(
                    until, at - within + (within < on ? on : bursts.period().toNanos()));
        }
        return until;
    }
}
