package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.criteria.Criterion;
import java.util.List;

/**
 * Which statements a service class takes by its criteria. Immutable.
 *
 * @param serviceClass the class's name
 * @param criteria compiled criteria; empty where the class takes nothing by criteria
 * @param match how many of them must hold
 */
public record LaneSettings(String serviceClass, List<Criterion> criteria, RouteMatch match) {
    /** Copies the list. */
    public LaneSettings {
        criteria = List.copyOf(criteria);
    }
}
