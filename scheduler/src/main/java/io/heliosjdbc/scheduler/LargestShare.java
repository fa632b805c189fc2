package io.heliosjdbc.scheduler;

import java.util.Arrays;

/**
 * Finds which user load holds most of some slots. For who has to wait, so that it may be asked later what held him up: it allocates
 * nothing, and of many loads only the first that are met are told apart. Guarded by the scheduler's lock.
 */
final class LargestShare {
    /** How many loads are told apart. */
    private static final int LOADS = 8;

    private final String[] loads = new String[LOADS];
    private final int[] counts = new int[LOADS];
    private int known;
    private int all;

    LargestShare() {
        Arrays.fill(loads, "");
    }

    /**
     * Tells a request who holds the slots that it waits for: of all classes, of all that give way, or of its own.
     *
     * @param holders those who are counted
     */
    void tell(Request waiting, Holders holders) {
        known = 0;
        all = 0;
        for (int i = 0; i < holders.size(); i++) {
            Request each = holders.get(i);
            if (isInTheWay(each.serviceClass(), waiting)) {
                all++;
                count(each.account().key().userLoad());
            }
        }
        int most = 0;
        for (int i = 1; i < known; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        waiting.heldBy = known == 0 ? null : loads[most];
        waiting.heldSlots = known == 0 ? 0 : counts[most];
        waiting.heldOf = all;
    }

    private static boolean isInTheWay(ServiceClass holder, Request of) {
        if (of.heldUpByTotal) {
            return true;
        }
        return of.yieldLimit > 0 ? holder.yields() : holder == of.serviceClass();
    }

    private void count(String load) {
        for (int i = 0; i < known; i++) {
            if (loads[i].equals(load)) {
                counts[i]++;
                return;
            }
        }
        if (known < LOADS) {
            loads[known] = load;
            counts[known] = 1;
            known++;
        }
    }
}
