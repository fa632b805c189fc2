package io.heliosjdbc.scheduler;

/**
 * The slots of one MPL, of which some are kept for tiers of tenants: who may take one is a matter of counting. Not thread-safe:
 * guarded by the scheduler's lock.
 *
 * <p>A tier that holds fewer slots than are kept for it takes one of those; everyone else takes a common one, and nobody else may take a
 * kept one, however many are free. An idle transaction that goes on, and a thread that would wait for itself, come in where no common
 * slot is free, too; they count as beyond the MPL and take nothing away from those for whom slots are kept.
 */
final class Slots {
    private int size = Integer.MAX_VALUE;
    private int kept;
    private int active;
    /** Of those active: how many hold a common slot, or would hold one if there were enough. */
    private int common;
    /** Of these: how many came in though none was free. */
    private int beyond;

    /**
     * Other sizes.
     *
     * @param newSize the MPL
     * @param newKept how many of its slots are kept for somebody, at most the MPL
     * @param nowCommon how many of those active hold a common slot by these sizes
     */
    void resize(int newSize, int newKept, int nowCommon) {
        size = newSize;
        kept = newKept;
        common = nowCommon;
        settle();
    }

    private void settle() {
        beyond = Math.min(beyond, tooMany());
    }

    /** How many hold no common slot because there are not enough. */
    int tooMany() {
        return Math.max(0, common - (size - kept));
    }

    Slots copy() {
        Slots copy = new Slots();
        copy.size = size;
        copy.kept = kept;
        copy.active = active;
        copy.common = common;
        copy.beyond = beyond;
        return copy;
    }

    int size() {
        return size;
    }

    int kept() {
        return kept;
    }

    int active() {
        return active;
    }

    int common() {
        return common;
    }

    int beyond() {
        return beyond;
    }

    /** Whether a slot is free for somebody for whom one is kept, or for anybody else. */
    boolean isFree(boolean isKept) {
        return isKept ? active - beyond < size : common < size - kept;
    }

    /** Whether slots are free, but kept for others than who asks. */
    boolean areKeptForOthers(boolean isKept) {
        return !isFree(isKept) && isFree(true);
    }

    /** Takes a slot, where none is free one beyond the MPL. */
    void take(boolean isKept) {
        active++;
        if (!isKept) {
            common++;
            if (common > size - kept) {
                beyond++;
            }
        }
    }

    void giveBack(boolean isKept) {
        active--;
        if (!isKept) {
            common--;
            if (beyond > 0) {
                settle();
            }
        }
    }
}
