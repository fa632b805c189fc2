package io.heliosjdbc.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may be given a slot, and who is first, once more and slowly: everybody is looked at for every question. A request may have a slot
 * where, if it had it, enough would be left for everyone for whom slots are kept and who does not use them. The settings do not change.
 */
final class ObviousSlots {
    private final SchedulerSettings settings;
    private final String discipline;
    private final List<Request> holders = new ArrayList<>();
    private final List<Request> queued = new ArrayList<>();
    /** By class, and by an empty name in total: how many run beyond the MPL. */
    private final Map<String, Integer> beyond = new HashMap<>();

    ObviousSlots(SchedulerSettings settings) {
        this.settings = settings;
        this.discipline = settings.discipline();
    }

    boolean holds(Request request) {
        return holders.contains(request);
    }

    List<Request> queued() {
        return queued;
    }

    private ServiceClassSettings settings(String name) {
        return settings.classes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int active(String serviceClass, String tier) {
        return (int) holders.stream()
                .filter(each -> each.serviceClass().name().equals(serviceClass)
                        && each.tier().name().equals(tier))
                .count();
    }

    private int active(String serviceClass) {
        return (int) holders.stream()
                .filter(each ->
                        serviceClass.isEmpty() || each.serviceClass().name().equals(serviceClass))
                .count();
    }

    private int size(String serviceClass) {
        if (!serviceClass.isEmpty()) {
            return settings(serviceClass).maxConcurrency();
        }
        return settings.maxConcurrency() == 0 ? 1_000_000 : settings.maxConcurrency();
    }

    /** What is kept and not used, in a class or in all. */
    private int unused(String serviceClass) {
        int unused = 0;
        for (ServiceClassSettings each : settings.classes()) {
            if (serviceClass.isEmpty() || each.name().equals(serviceClass)) {
                for (Map.Entry<String, Integer> kept : each.guaranteedSlots().entrySet()) {
                    unused += Math.max(0, kept.getValue() - active(each.name(), kept.getKey()));
                }
            }
        }
        return unused;
    }

    /** Whether a slot of its tier's own is left. */
    boolean hasKept(Request request) {
        String serviceClass = request.serviceClass().name();
        String tier = request.tier().name();
        return active(serviceClass, tier)
                < settings(serviceClass).guaranteedSlots().getOrDefault(tier, 0);
    }

    private boolean mayIn(String serviceClass, Request request) {
        int free = size(serviceClass) - active(serviceClass) + beyond.getOrDefault(serviceClass, 0);
        return free - 1 >= unused(serviceClass) - (hasKept(request) ? 1 : 0);
    }

    boolean may(Request request) {
        return mayIn(request.serviceClass().name(), request) && mayIn("", request);
    }

    /** Whether it would be let in at once. */
    boolean mayAtOnce(Request request) {
        return may(request)
                && queued.stream()
                        .noneMatch(each -> each.serviceClass() == request.serviceClass()
                                && each.tier().name().equals(request.tier().name()));
    }

    void hold(Request request) {
        for (String each : List.of(request.serviceClass().name(), "")) {
            if (!mayIn(each, request)) {
                beyond.merge(each, 1, Integer::sum);
            }
        }
        holders.add(request);
    }

    void leave(Request request) {
        if (!holders.remove(request)) {
            throw new AssertionError(request + " holds nothing");
        }
        for (String each : beyond.keySet().toArray(String[]::new)) {
            // Whoever would be let in now is not beyond the MPL any more.
            int tooMany = active(each) + unused(each) - size(each);
            beyond.put(each, Math.max(0, Math.min(beyond.getOrDefault(each, 0), tooMany)));
        }
    }

    /** Who is to be given a slot next; null where nobody may have one. */
    @Nullable
    Request next(long now) {
        List<Request> candidates = queued.stream().filter(this::may).toList();
        Comparator<Request> byEnforcement =
                Comparator.<Request>comparingLong(this::goesFirstAt).thenComparingLong(each -> each.sequence);
        return candidates.stream()
                .filter(each -> goesFirstAt(each) <= now)
                .min(byEnforcement)
                .or(() -> candidates.stream()
                        .map(Request::serviceClass)
                        .distinct()
                        .map(each -> first(each, now))
                        .min(Comparator.<Request>comparingDouble(each -> -urgency(each, now))
                                .thenComparing(Discipline.TIES)))
                .orElse(null);
    }

    /** Its deadline's instant, or the one at which it has waited for as long as its class allows. */
    private long goesFirstAt(Request request) {
        long bound = settings(request.serviceClass().name()).starvationBoundNanos();
        return bound == Long.MAX_VALUE ? request.enforceAt : Math.min(request.enforceAt, request.arrival + bound);
    }

    private Request first(ServiceClass in, long now) {
        List<Request> waiting =
                queued.stream().filter(each -> each.serviceClass() == in).toList();
        if (discipline.equals("budget")) {
            return ObviousPlan.best(waiting, this::may, now);
        }
        return waiting.stream()
                .filter(this::may)
                .min(Comparator.<Request>comparingDouble(each -> -urgency(each, now))
                        .thenComparing(Discipline.TIES))
                .orElseThrow();
    }

    private double urgency(Request request, long now) {
        double boost = settings.tiers().stream()
                .filter(each -> each.name().equals(request.tier().name()))
                .mapToDouble(TierSettings::priorityBoost)
                .findFirst()
                .orElse(1);
        double step = now > request.startBy ? 0 : boost * request.account().penalty();
        long work = queued.stream()
                .filter(each -> each.serviceClass() == request.serviceClass())
                .mapToLong(each -> each.estimateNanos)
                .sum();
        double urgency = switch (discipline) {
            case "fifo" -> -request.sequence;
            case "static" -> boost * request.account().maximumPenalty();
            case "mefi" -> step;
            case "kafka" -> step / request.estimateNanos;
            case "fisher_krieger" ->
                request.startBy - now < work
                        ? boost * (now > request.startBy ? 0 : request.account().penalty() / request.estimateNanos)
                        : 0;
            default ->
                Objects.requireNonNull(request.serviceClass()).discipline().urgency(request, now);
        };
        return urgency + 0.0; // so that no 0 is negative
    }
}
