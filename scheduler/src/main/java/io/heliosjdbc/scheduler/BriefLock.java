package io.heliosjdbc.scheduler;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for sections of some ten nanoseconds. Whoever finds it held looks again for a few hundred nanoseconds before he parks: parking and
 * being woken take fifty times as long as the section that he waits for. Reentrant, and as fair as {@link ReentrantLock}: not.
 */
final class BriefLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    /** A pause takes from 10 to 50 ns by processor. */
    private static final int LOOKS = 15;

    @Override
    public void lock() {
        if (!tryLock() && !tryAgain()) {
            super.lock();
        }
    }

    private boolean tryAgain() {
        for (int i = 0; i < LOOKS; i++) {
            Thread.onSpinWait();
            // Reading takes the cache line from nobody; trying does.
            if (!isLocked() && tryLock()) {
                return true;
            }
        }
        return false;
    }
}
