package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.driver.admin.ConnectionStatus;
import io.heliosjdbc.driver.admin.RequestStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sessions of one workload manager, and what they share. Thread-safe; no lock is held while a session is asked. */
final class Sessions {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkloadManager.class);
    /** Attributes beyond this many forget the others; they are shared for speed only. */
    private static final int MOST_SHARED_ATTRIBUTES = 10_000;

    private static final int MOST_COMPLAINTS = 1_000;

    private final Set<ManagedSession> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Attributes, Attributes> shared = new ConcurrentHashMap<>();
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    /** Another session of this manager, which all of them here have in common. */
    ManagedSession open(WorkloadManager manager, @Nullable String user, @Nullable String application) {
        ManagedSession session = new ManagedSession(
                manager,
                numbers.incrementAndGet(),
                new SessionAttributes(user, application, this::shared, this::complain));
        open.add(session);
        return session;
    }

    /** Whether it was open until now. */
    boolean left(ManagedSession session) {
        return open.remove(session);
    }

    /** Logs a complaint once; an application may send the same thing with every statement. */
    private void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS && complaints.add(complaint)) {
            LOGGER.warn("{}", complaint);
        }
    }

    private Attributes shared(Attributes attributes) {
        if (shared.size() >= MOST_SHARED_ATTRIBUTES) {
            shared.clear();
        }
        Attributes known = shared.putIfAbsent(attributes, attributes);
        return known != null ? known : attributes;
    }

    /** What those that wait for a slot or hold one are doing; who has waited or held longest comes first. */
    List<RequestStatus> requests(long now) {
        List<RequestStatus> requests = new ArrayList<>();
        for (ManagedSession session : open) {
            RequestStatus status = session.status(now);
            if (status != null) {
                requests.add(status);
            }
        }
        requests.sort(Comparator.comparingLong(RequestStatus::sinceNanos)
                .reversed()
                .thenComparingLong(RequestStatus::connection));
        return requests;
    }

    /** What each has to do with a physical connection; who has been bound longest comes first. */
    List<ConnectionStatus> connections() {
        List<ConnectionStatus> connections =
                new ArrayList<>(open.stream().map(ManagedSession::connection).toList());
        connections.sort(Comparator.comparingLong(ConnectionStatus::boundNanos)
                .reversed()
                .thenComparingLong(ConnectionStatus::connection));
        return connections;
    }
}
