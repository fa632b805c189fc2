package io.heliosjdbc.driver.manager;

import io.heliosjdbc.driver.engine.Background;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Makes registries in which nothing happens but what a test asks for: no thread of theirs sees the test's clock move. */
final class ManualRegistry {
    private ManualRegistry() {}

    static Registry of(AtomicLong clock, InstantSource calendar) {
        return new Registry(
                clock::get, calendar, () -> Background.thread("helios-estimates"), watching -> new Thread(() -> {}));
    }
}
