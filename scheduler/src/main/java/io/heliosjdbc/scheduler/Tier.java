package io.heliosjdbc.scheduler;

/**
 * A tier of tenants, such as those who have paid for more. Its name and place do not change; how much it counts is guarded by the
 * scheduler's lock.
 */
public final class Tier {
    /** The tier of whoever has no other. */
    public static final String STANDARD_NAME = "standard";

    static final Tier STANDARD = new Tier(STANDARD_NAME, 0);

    private final String name;
    /** Its place among the tiers of its scheduler; the standard tier's is 0. */
    final int index;
    /** By how much its penalties count more. */
    double boost = 1;

    Tier(String name, int index) {
        this.name = name;
        this.index = index;
    }

    /** The name. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
