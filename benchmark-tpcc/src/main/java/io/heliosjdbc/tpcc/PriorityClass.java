package io.heliosjdbc.tpcc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The three classes of terminals: 15, 35 and 50 percent of them. */
public enum PriorityClass {
    HIGH("high", 15),
    MEDIUM("medium", 35),
    LOW("low", 50);

    private final String label;
    private final int percent;

    PriorityClass(String label, int percent) {
        this.label = label;
        this.percent = percent;
    }

    public String label() {
        return label;
    }

    /** The class of each of so many terminals, in an order that depends on the seed only. */
    public static List<PriorityClass> assign(int terminals, long seed) {
        Map<PriorityClass, Integer> counts = new EnumMap<>(PriorityClass.class);
        int given = 0;
        for (PriorityClass each : values()) {
            counts.put(each, terminals * each.percent / 100);
            given += terminals * each.percent / 100;
        }
        // The rest goes to the largest remainders, the higher class first among equals.
        List<PriorityClass> byRemainder = Arrays.stream(values())
                .sorted(Comparator.comparingInt(each -> -(terminals * each.percent % 100)))
                .toList();
        for (int i = 0; given < terminals; i++, given++) {
            counts.merge(byRemainder.get(i), 1, Integer::sum);
        }
        List<PriorityClass> classes = new ArrayList<>();
        counts.forEach((each, count) -> classes.addAll(Collections.nCopies(count, each)));
        Collections.shuffle(classes, new Random(seed));
        return List.copyOf(classes);
    }
}
