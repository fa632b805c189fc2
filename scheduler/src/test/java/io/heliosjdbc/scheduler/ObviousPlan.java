package io.heliosjdbc.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The budget discipline's choice once more, slowly: lists and sets, and every step as its description says it. */
final class ObviousPlan {
    private ObviousPlan() {}

    static Request best(List<Request> queued, long now) {
        return best(queued, request -> true, now);
    }

    /** The first of those that may go, in a plan of everything that waits. */
    static Request best(List<Request> queued, Predicate<Request> mayGo, long now) {
        Map<Request, Long> starts = new HashMap<>();
        for (Request request : queued) {
            if (now <= request.startBy) {
                double share =
                        request.account().costOfMiss() / request.account().maximumPenalty();
                starts.put(request, Math.max(now, request.planBy - Math.round(request.caution * share)));
            } else if (request.enforceAt - now <= 5.0 * request.estimateNanos) {
                starts.put(request, Math.max(now, request.enforceAt));
            }
        }
        List<Request> order = new ArrayList<>(starts.keySet());
        order.sort(Comparator.<Request>comparingLong(starts::get).thenComparing(Discipline.TIES));
        Set<Request> dropped = new HashSet<>();
        for (int i = 0; i < order.size(); i++) {
            while (!dropped.contains(order.get(i))
                    && now + workBefore(order, i, dropped) > starts.getOrDefault(order.get(i), Long.MAX_VALUE)) {
                Request cheapest = null;
                for (Request candidate : order.subList(0, i + 1)) {
                    if (now <= candidate.startBy
                            && !dropped.contains(candidate)
                            && (cheapest == null || isDropped(candidate, cheapest, now))) {
                        cheapest = candidate;
                    }
                }
                if (cheapest == null) {
                    break;
                }
                dropped.add(cheapest);
            }
        }
        Request served = null;
        for (int i = 0; i < order.size(); i++) {
            Request candidate = order.get(i);
            if (now <= candidate.startBy
                    && mayGo.test(candidate)
                    && !dropped.contains(candidate)
                    && makesNoneLate(candidate, order.subList(0, i), starts, dropped, now)
                    && (served == null
                            || (dropped.isEmpty()
                                    ? isLessImportant(served, candidate)
                                    : isDropped(served, candidate, now)))) {
                served = candidate;
            }
        }
        Request best = served != null
                ? served
                : order.stream()
                        .filter(mayGo)
                        .filter(request -> now <= request.startBy)
                        .min((one, other) -> isDropped(one, other, now) ? 1 : -1)
                        .orElse(null);
        List<Request> late = queued.stream()
                .filter(mayGo)
                .filter(request -> now > request.startBy)
                .sorted(Comparator.<Request>comparingLong(request -> request.enforceAt)
                        .thenComparing(Discipline.TIES))
                .toList();
        if (best == null || (cost(best) == 0 && !late.isEmpty() && Discipline.TIES.compare(late.get(0), best) < 0)) {
            return late.get(0);
        }
        return best;
    }

    private static boolean makesNoneLate(
            Request first, List<Request> before, Map<Request, Long> starts, Set<Request> dropped, long now) {
        for (int i = 0; i < before.size(); i++) {
            if (!dropped.contains(before.get(i))
                    && now + work(first) + workBefore(before, i, dropped)
                            > starts.getOrDefault(before.get(i), Long.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLessImportant(Request one, Request other) {
        int byCost = Double.compare(cost(one), cost(other));
        return byCost != 0 ? byCost < 0 : Discipline.TIES.compare(one, other) > 0;
    }

    /** Whether the one is dropped rather than the other. */
    private static boolean isDropped(Request one, Request other, long now) {
        int byValue = Double.compare(value(one, now), value(other, now));
        return byValue != 0 ? byValue < 0 : Discipline.TIES.compare(one, other) > 0;
    }

    private static long workBefore(List<Request> order, int end, Set<Request> dropped) {
        return order.subList(0, end).stream()
                .filter(request -> !dropped.contains(request))
                .mapToLong(ObviousPlan::work)
                .sum();
    }

    private static long work(Request request) {
        return request.estimateNanos / request.pricedConcurrency;
    }

    private static double value(Request request, long now) {
        double chance = 0.85;
        if (now > request.planBy) {
            double window = request.startBy - request.planBy;
            chance = 0.5 + 0.35 * ((request.startBy - now) / window);
        }
        return chance * cost(request) / work(request);
    }

    private static double cost(Request request) {
        return request.tier().boost * request.account().costOfMiss();
    }
}
