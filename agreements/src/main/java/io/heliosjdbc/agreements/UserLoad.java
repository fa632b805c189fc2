package io.heliosjdbc.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named stream of requests with a description and objectives (thesis 1.1). Immutable.
 *
 * @param name unique among all agreements of one workload manager
 * @param serviceClass the service class its requests go to, or null where the classifier's criteria decide
 * @param accountPer whose transactions share one conformance account
 * @param matches which requests belong to it: those for which one of these holds; empty where only a hint names it
 * @param maxArrivalsPerSecond the arrival rate up to which the objectives are promised, or null
 * @param guarantee what is promised, or null where the load is described but nothing is promised
 */
public record UserLoad(
        String name,
        @Nullable String serviceClass,
        AccountPer accountPer,
        List<Match> matches,
        @Nullable Double maxArrivalsPerSecond,
        @Nullable Guarantee guarantee) {
    /** Copies the list. */
    public UserLoad {
        matches = List.copyOf(matches);
    }
}
