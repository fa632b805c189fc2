package io.heliosjdbc.driver.manager;

/** What a request waits for. */
enum HeldUpBy {
    CLASS_MPL("class MPL"),
    TOTAL_MPL("total MPL"),
    GUARANTEED_SLOTS("guaranteed slots");

    private final String words;

    HeldUpBy(String words) {
        this.words = words;
    }

    /**
     * From what the scheduler says.
     *
     * @param total whether it is the MPL over all classes
     * @param guarantees whether slots are free, but kept for other tiers
     */
    static HeldUpBy of(boolean total, boolean guarantees) {
        if (guarantees) {
            return GUARANTEED_SLOTS;
        }
        return total ? TOTAL_MPL : CLASS_MPL;
    }

    /** As SHOW HELIOS DECISIONS calls it. */
    String words() {
        return words;
    }
}
