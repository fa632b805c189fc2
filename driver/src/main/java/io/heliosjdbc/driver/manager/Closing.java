package io.heliosjdbc.driver.manager;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things in the order given, each of them whatever the others throw. Not thread-safe. */
final class Closing {
    private final List<Runnable> steps = new ArrayList<>();

    void add(Runnable step) {
        steps.add(step);
    }

    /** Throws what was thrown first, and with it what was thrown later. */
    void close() {
        Throwable thrown = failures();
        if (thrown instanceof RuntimeException wrong) {
            throw wrong;
        }
        if (thrown instanceof Error wrong) {
            throw wrong;
        }
    }

    /** Likewise, after a failure that is thrown anyhow. */
    void closeAfter(Throwable failure) {
        Throwable thrown = failures();
        if (thrown != null) {
            failure.addSuppressed(thrown);
        }
    }

    private @Nullable Throwable failures() {
        Throwable first = null;
        for (Runnable each : steps) {
            try {
                each.run();
            } catch (RuntimeException | Error wrong) {
                if (first == null) {
                    first = wrong;
                } else {
                    first.addSuppressed(wrong);
                }
            }
        }
        return first;
    }
}
