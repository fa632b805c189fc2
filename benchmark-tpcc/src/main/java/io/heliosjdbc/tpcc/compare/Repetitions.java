package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.measure.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same comparison once or several times, each from a seed of its own, and what they say together. Immutable. */
final class Repetitions {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Comparison first;
    private final List<Findings> runs;
    /** Of these the figures are: all that are complete, or the one that is not. */
    private final List<Findings> counted;

    private final long seed;
    private final int asked;

    /**
     * All of one command.
     *
     * @param first whose course over time is shown
     * @param runs at least one, in their order, the first one's first; no other than the last one is incomplete
     * @param seed of the first; each other's is one more than that of the one before
     * @param asked how many there were to be
     */
    Repetitions(Comparison first, List<Findings> runs, long seed, int asked) {
        this.first = first;
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a comparison runs at least once");
        }
        this.runs = List.copyOf(runs);
        List<Findings> complete = runs.stream().filter(Findings::isComplete).toList();
        this.counted = complete.isEmpty() ? this.runs : complete;
        this.seed = seed;
        this.asked = asked;
    }

    /** The first one, whose course over time is shown. */
    Comparison first() {
        return first;
    }

    /** For people: what is not as it should be, of all of them. */
    List<String> faults() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            String which = runs.size() == 1 ? "" : "repetition " + (i + 1) + ", ";
            runs.get(i).faults().forEach(fault -> all.add(which + fault));
        }
        return all;
    }

    /** How many the figures are of. */
    int count() {
        return counted.size();
    }

    /** What is missing of what there was to be; empty where nothing is. */
    String incomplete() {
        Findings last = runs.get(runs.size() - 1);
        if (runs.size() == 1 && asked == 1) {
            return last.incomplete();
        }
        long complete = runs.stream().filter(Findings::isComplete).count();
        return complete == asked
                ? ""
                : String.format(Locale.ROOT, "%d of %d repetitions", complete, asked)
                        + (last.isComplete() ? "" : ", and of the next one " + last.incomplete());
    }

    boolean passed() {
        return incomplete().isEmpty() && runs.stream().allMatch(Findings::passed);
    }

    /** Those that were run, in their order. */
    private List<Way> ways() {
        return first.parts().stream().map(Part.Result::way).toList();
    }

    private Spread spread(Way way, Figure figure) {
        return Spread.of(counted.stream().map(run -> run.reading(way, figure)).toList());
    }

    /** Those that are held against straight, where that was run. */
    private List<Way> held() {
        return ways().contains(Way.STRAIGHT)
                ? ways().stream().filter(Way::isHelios).toList()
                : List.of();
    }

    /** Of a way's figure over straight's in the same repetition, from the same seed. */
    private Spread ratio(Way way, Figure figure) {
        return Spread.of(counted.stream()
                .map(run -> run.reading(way, figure).over(run.reading(Way.STRAIGHT, figure)))
                .toList());
    }

    private Part.Result part(Way way) {
        return first.parts().stream()
                .filter(part -> part.way() == way)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(way.key() + " was not run"));
    }

    /** One line for each figure, a cell for each way and one for each ratio; the first line says what is what. */
    List<List<String>> table() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        ways().forEach(way -> head.add(part(way).title()));
        held().forEach(way -> head.add(part(way).title() + " / straight"));
        lines.add(head);
        for (Figure figure : Figure.shown()) {
            List<String> line = new ArrayList<>(List.of(figure.title()));
            for (Way way : ways()) {
                boolean said = figure.isSaidOf(part(way));
                line.add(said ? spread(way, figure).text(figure.unit(), figure.decimals()) : "");
            }
            held().forEach(way -> {
                boolean said = figure.isSaidOf(part(way));
                line.add(said ? ratio(way, figure).text(1, 2) : "");
            });
            lines.add(line);
        }
        return lines;
    }

    /** What the table is. */
    String title() {
        return String.format(
                Locale.ROOT,
                "%d repetitions, seeds %d to %d: median [%.0f %% confidence interval of the mean]",
                count(),
                seed,
                seed + count() - 1,
                100 * Estimate.CONFIDENCE);
    }

    /** The table for people; empty where there is nothing but the one comparison. */
    String text() {
        if (asked == 1) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(System.lineSeparator()).append(title()).append(System.lineSeparator());
        TextTable.of(table()).forEach(line -> text.append(line).append(System.lineSeparator()));
        if (!incomplete().isEmpty()) {
            text.append("INCOMPLETE: ").append(incomplete()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /**
     * One comparison as it is, with Helios's ratios to straight. Of several the medians under the same keys, {@code statistics} with the
     * intervals under the same keys again, and {@code runs}, each as it would be alone. What is missing is in {@code incomplete}.
     */
    String json() {
        ObjectNode root;
        if (asked == 1) {
            // Something is added to it.
            root = runs.get(0).tree().deepCopy();
            root.put("repetitions", 1);
            ratios(root);
        } else {
            root = JSON.createObjectNode();
            root.put("scenario", first.scenario().name());
            root.put("repetitions", count());
            if (!incomplete().isEmpty()) {
                root.put("incomplete", incomplete());
            }
            root.put("seed", seed);
            medians(root);
            ratios(root);
            statistics(root.putObject("statistics"));
            runs.forEach(run -> root.withArrayProperty("runs").add(run.tree()));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    private void medians(ObjectNode root) {
        for (Way way : ways()) {
            ObjectNode node = root.putObject(way.key());
            for (Figure figure : Figure.values()) {
                if (figure.isOf(way)) {
                    spread(way, figure).median().put(figure.in(node), figure.key());
                }
            }
        }
    }

    private void ratios(ObjectNode root) {
        for (Way way : held()) {
            ObjectNode node = root.putObject(way.key() + "OverStraight");
            for (Figure figure : Figure.values()) {
                ratio(way, figure).median().put(figure.in(node), figure.key());
            }
        }
    }

    private void statistics(ObjectNode node) {
        node.put("confidence", Estimate.CONFIDENCE);
        node.put("interval", "Student's t, of the mean");
        for (Way way : ways()) {
            ObjectNode each = node.putObject(way.key());
            for (Figure figure : Figure.values()) {
                if (figure.isOf(way)) {
                    spread(way, figure).put(figure.in(each).putObject(figure.key()));
                }
            }
        }
        for (Way way : held()) {
            ObjectNode ratios = node.putObject(way.key() + "OverStraight");
            for (Figure figure : Figure.values()) {
                ratio(way, figure).put(figure.in(ratios).putObject(figure.key()));
            }
        }
    }
}
