package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several clients do, one after the other. Immutable.
 *
 * @param seed what it was drawn from
 */
record Program(long seed, List<Step> steps) {
    Program {
        steps = List.copyOf(steps);
    }

    /** Runs it with connections of that kind; what each step was answered. */
    List<List<String>> run(Client.Opener opener, Connection administrator) {
        Map<Integer, Client> clients = new TreeMap<>();
        List<List<String>> answers = new ArrayList<>();
        try {
            for (Step step : steps) {
                Client client = clients.computeIfAbsent(step.client(), number -> new Client(opener, administrator));
                answers.add(client.does(step));
            }
        } finally {
            clients.values().forEach(Client::close);
        }
        return answers;
    }

    /** How many clients there are. */
    int clients() {
        return 1 + steps.stream().mapToInt(Step::client).max().orElse(-1);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("program " + seed);
        steps.forEach(step -> text.append(System.lineSeparator()).append("  ").append(step));
        return text.toString();
    }
}
