package io.heliosjdbc.driver.admin;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.driver.configuration.Setting;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import java.util.List;

/** What a workload manager lets an administrator see; everything that is shown anywhere comes through here. Thread-safe. */
public interface Management {

    /** What every service class is doing. */
    List<ServiceClassStatus> classes();

    /** What every connection that waits for a slot or holds one is doing; who has waited or held longest comes first. */
    List<RequestStatus> requests();

    /** What every open connection has to do with a physical one; who has been bound longest comes first. */
    List<ConnectionStatus> connections();

    /** How the pools of physical connections stand; none where connections are one to one. */
    default List<PoolStatus> pools() {
        return List.of();
    }

    /** How every open account stands, by user load and owner. */
    List<LoadStatus> loads();

    /** The last thousand decisions, the latest first. */
    List<DecisionStatus> decisions();

    /** Where the time went since the workload manager opened; within each scope what took longest in the database comes first. */
    default List<ReportLine> report() {
        return List.of();
    }

    /** Every setting in force; there are no secrets among them. */
    List<Setting> settings();

    /** What is wrong with the configuration's files as they are now, so that an older one is in force; else nothing. */
    default List<Fault> refusedConfiguration() {
        return List.of();
    }
}
