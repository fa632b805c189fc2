package io.heliosjdbc.driver.late.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What steps there are, and how often. Programs are drawn from it: the same ones from the same seeds. */
abstract class Grammar {
    private static final int MOST_CLIENTS = 6;
    private static final int MOST_STEPS = 30;
    /** After how many steps of a hundred the next one who comes looks at his session. */
    private static final int LOOKS = 15;
    /** Likewise of those that change a setting. */
    private static final int LOOKS_AFTER_SETTING = 50;

    private final List<Rule> rules = new ArrayList<>();
    private int weights;

    private record Rule(int weight, Function<Draw, Act> act) {}

    Grammar() {
        JdbcCalls.addTo(this);
        CursorCalls.addTo(this);
        ChangeCalls.addTo(this);
        AgainCalls.addTo(this);
        ValueCalls.addTo(this);
        Kills.addTo(this);
    }

    /** One more kind of step. */
    final void rule(int weight, Function<Draw, Act> act) {
        rules.add(new Rule(weight, act));
        weights += weight;
    }

    /** One more text, executed in one of many ways. */
    final void text(int weight, Function<Draw, String> text) {
        rule(weight, draw -> Texts.executed(text.apply(draw), draw));
    }

    /** A text to prepare, and what its parameters are. */
    record Prepared(String sql, List<Object> parameters) {}

    /** A text with parameters. */
    abstract Prepared prepared(Draw draw);

    /** What sets the schema to the tenant's, in one of its ways. */
    abstract Act toOwnSchema(Draw draw);

    /** A table's name as a text has it. */
    String named(String table) {
        return table;
    }

    /** Whether the next execution of a statement closes the result sets of the last one. */
    boolean executionsCloseResults() {
        return true;
    }

    /** Whether a cancel that comes before its statement leaves the next one in force. */
    boolean takesEarlyCancels() {
        return false;
    }

    /** Whether a statement whose session is ended while it runs is always answered the same. */
    boolean endsAlike() {
        return true;
    }

    /** A query that takes longer than anybody waits, in words that no other client has. */
    abstract String endless(Draw draw);

    /** Asks a session for its own number, in words that do not pin it. */
    abstract String sessionNumber();

    /** Asks whether there is a session of that number: a row if there is. */
    abstract String find(String number);

    /** Ends the session of that number. */
    abstract String end(String number);

    /** Asks for the number of the session that executes a text now. */
    abstract String whoExecutes(String text);

    /** Asks for much of what an earlier owner of a session may have left in it. */
    Act look(Draw draw) {
        return act(draw);
    }

    /** Drops a tenant's table, and what else he has where that is done as a whole, and makes it anew; nobody is waited for. */
    String remake(Tenant tenant, String table) {
        throw new UnsupportedOperationException("there is no such step");
    }

    /** Calls a schema otherwise. */
    String rename(String schema, String name) {
        throw new UnsupportedOperationException("there is no such step");
    }

    final Program program(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int clients = random.nextInt(2, MOST_CLIENTS + 1);
        int length = random.nextInt(5, MOST_STEPS + 1);
        List<Step> steps = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            Draw draw = new Draw(random, client, seed);
            List<Act> first = new ArrayList<>();
            if (draw.chance(60)) {
                first.add(toOwnSchema(draw));
            }
            if (draw.chance(25)) {
                // Before the schema is set, that is in its transaction, or after it.
                first.add(
                        draw.number(0, first.size()),
                        Act.tells("setAutoCommit(false)", connection -> connection.setAutoCommit(false)));
            }
            for (Act act : first) {
                steps.add(step(client, act));
            }
        }
        while (steps.size() < length) {
            int client = random.nextInt(clients);
            Step step = step(client, act(new Draw(random, client, seed)));
            steps.add(step);
            if (random.nextInt(100) < (Client.sets(step) ? LOOKS_AFTER_SETTING : LOOKS)) {
                int next = random.nextInt(clients);
                steps.add(step(next, look(new Draw(random, next, seed))));
            }
        }
        return new Program(seed, steps);
    }

    private static Step step(int client, Act act) {
        return new Step(client, act.words(), act.deed());
    }

    private Act act(Draw draw) {
        int at = draw.number(0, weights - 1);
        for (Rule rule : rules) {
            at -= rule.weight();
            if (at < 0) {
                return rule.act().apply(draw);
            }
        }
        throw new IllegalStateException("weights");
    }
}
