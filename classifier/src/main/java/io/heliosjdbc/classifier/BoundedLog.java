package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.hints.Names;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts hints that do not count for anything, and logs each different one once, up to a bound: anybody can write hints. Thread-safe. */
final class BoundedLog {
    private static final Logger log = LoggerFactory.getLogger(Classifier.class);
    private static final int MOST = 100;

    private final LongAdder count = new LongAdder();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * One more hint that does not count.
     *
     * @param hint as {@code key=value}
     * @param why in words
     */
    void ignored(String hint, String why) {
        count.increment();
        if (logged.size() >= MOST) {
            return;
        }
        String printable = Names.printable(hint);
        if (logged.add(printable)) {
            log.warn("hint {} is ignored: {}", printable, why);
            if (logged.size() == MOST) {
                log.warn("{} different ignored hints so far, further ones are only counted", MOST);
            }
        }
    }

    long count() {
        return count.sum();
    }
}
