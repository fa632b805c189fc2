package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.RecordingSession;
import io.heliosjdbc.driver.manager.Session;
import java.util.List;
import java.util.function.Consumer;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/**
 * A handle of a physical connection is closed while the next thing begins on it, in the orders in which that can fall: the vendor has told the
 * pool by then.
 */
class HandleInterleavingsTest {
    private static final int INVOCATIONS = 100;

    /** What has begun is the last that the session hears of: then it is open, and keeps its slot. */
    private static void assertOutlastsAClose(Consumer<PhysicalSession> begins) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            RecordingSession shared = new RecordingSession();
            PhysicalSession physical = new PhysicalSession(shared, false);
            Session first = physical.handle();
            first.autoCommit(false);
            Thread closing = new Thread(first::close);
            closing.start();
            begins.accept(physical);
            try {
                closing.join();
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
            List<String> heard = shared.events;
            if (!heard.get(heard.size() - 1).equals("autocommit false")) {
                throw new AssertionError("what has begun is ended by another's close: " + heard);
            }
        });
    }

    @Test
    void theNextHandlesTransactionOutlastsTheClose() {
        assertOutlastsAClose(physical -> physical.handle().autoCommit(false));
    }

    @Test
    void aBranchOutlastsTheClose() {
        assertOutlastsAClose(PhysicalSession::branchStarted);
    }
}
