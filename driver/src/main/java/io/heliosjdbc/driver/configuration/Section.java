package io.heliosjdbc.driver.configuration;

import java.util.List;

/** A table of {@code helios.toml}, below {@code [workload_routing]}. Immutable. */
public enum Section {
    /** {@code [workload_routing]} itself. */
    ROOT("", "The workload manager as a whole."),
    /** {@code [workload_routing.classifier]}. */
    CLASSIFIER("classifier", "How statements are mapped to service classes."),
    /** {@code [workload_routing.fast_lane]} and its like: one table per service class. */
    SERVICE_CLASS(
            "CLASS",
            "One table per service class: the built-in `fast_lane`, `parallel_lanes` and `background_queue`, and"
                    + " `classes.NAME` for each of your own."),
    /** {@code [workload_routing.admission_control]}. */
    ADMISSION_CONTROL("admission_control", "Who may wait, and how long; a class can say otherwise for itself."),
    /** {@code [[workload_routing.sla_policies.tenant_overrides]]}. */
    TENANT_OVERRIDES(
            "sla_policies.tenant_overrides",
            "One entry per tier of tenants, who is in it and what it is given; as properties"
                    + " `sla_policies.tenant_overrides.TIER.KEY`."),
    /** {@code [workload_routing.observability]}. */
    OBSERVABILITY("observability", "What can be seen from outside."),
    /** {@code [workload_routing.pool]}. */
    POOL(
            "pool",
            "The physical connections behind `connections = \"late\"`: a pool for each user, database and set of options. It"
                    + " holds as many as the MPLs admit at once, and the reserve; in a dry run there is no bound.");

    /** The service classes that are always there, in the order in which the documentation names them. */
    public static final List<String> BUILT_IN_CLASSES = List.of("fast_lane", "parallel_lanes", "background_queue");

    /** The table of the service classes that a user defines. */
    static final String OWN_CLASSES = "classes";

    private final String path;
    private final String description;

    Section(String path, String description) {
        this.path = path;
        this.description = description;
    }

    /** Its dotted name below {@code workload_routing}; {@code CLASS} stands for a class's table. */
    public String path() {
        return path;
    }

    /** What it is about, in a sentence. */
    public String description() {
        return description;
    }

    /** The dotted name of a tier's entry. */
    static String pathOfTier(String tier) {
        return TENANT_OVERRIDES.path + "." + tier;
    }

    /** The dotted name of a class's table. */
    static String pathOfClass(String serviceClass) {
        return BUILT_IN_CLASSES.contains(serviceClass) ? serviceClass : OWN_CLASSES + "." + serviceClass;
    }
}
