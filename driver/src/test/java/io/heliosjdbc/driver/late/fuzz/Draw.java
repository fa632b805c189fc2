package io.heliosjdbc.driver.late.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** What chance decides about one step. One thread's. */
final class Draw {
    private final SplittableRandom random;
    private final int client;
    private final long program;

    Draw(SplittableRandom random, int client, long program) {
        this.random = random;
        this.client = client;
        this.program = program;
    }

    /** Whose step it is. */
    int client() {
        return client;
    }

    Tenant tenant() {
        return Tenant.of(client);
    }

    /** The table that nobody else writes to, without its schema. */
    String bareTable() {
        return "notes_" + client / Tenant.ALL.size();
    }

    /** Likewise, in its schema, mostly. */
    String table() {
        return chance(75) ? tenant().name() + "." + bareTable() : bareTable();
    }

    /** A text that nobody else has. */
    String text() {
        return tenant().name() + "-" + number(0, 99);
    }

    /** A number that nobody else has, however many programs run. */
    long lock() {
        return lock(program, client);
    }

    static long lock(long program, int client) {
        return (program & 0xffff_ffffL) * 10 + client;
    }

    /** A number of a row. */
    int id() {
        return number(1, 5);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number, both bounds included. */
    int number(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String one(String... of) {
        return one(List.of(of));
    }

    Client.Reading reading() {
        int chance = number(0, 9);
        return chance < 5
                ? Client.Reading.TO_ITS_END
                : chance < 7 ? Client.Reading.AND_CLOSED : chance < 9 ? Client.Reading.ONE_ROW : Client.Reading.NOT_YET;
    }
}
