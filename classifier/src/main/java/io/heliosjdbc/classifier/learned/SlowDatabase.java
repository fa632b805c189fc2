package io.heliosjdbc.classifier.learned;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Tells a slow statement from a slow database: when most of the different templates that look short take long at once, it is not
 * they that have changed. Thread-safe, without locks; approximate where two templates share a place.
 */
final class SlowDatabase {
    private static final int PLACES = 64;
    private static final int LEAST_TEMPLATES = 8;
    private static final int QUICK = 1;
    private static final int SLOW = 2;

    private final AtomicIntegerArray last = new AtomicIntegerArray(PLACES);
    private final AtomicIntegerArray counts = new AtomicIntegerArray(SLOW + 1);

    /** Notes how a template that looks short has just been. */
    void note(long key, boolean slow) {
        int now = slow ? SLOW : QUICK;
        int before = last.getAndSet((int) (key ^ (key >>> 32)) & (PLACES - 1), now);
        if (before != now) {
            counts.incrementAndGet(now);
            counts.decrementAndGet(before);
        }
    }

    /** Whether more than half of the templates last seen were slow, and there are enough of them to say so. */
    boolean suspected() {
        int slow = counts.get(SLOW);
        return slow + counts.get(QUICK) >= LEAST_TEMPLATES && slow > counts.get(QUICK);
    }
}
