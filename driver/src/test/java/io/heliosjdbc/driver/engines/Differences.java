package io.heliosjdbc.driver.engines;

import java.util.ArrayList;
import java.util.List;

/** Finds what differs between two transcripts: an answer that only one of them has does not make all that follow it differ. */
final class Differences {
    private final List<String> straight;
    private final List<String> wrapped;
    /** How many lines the transcripts have in common, at most, from a line of each on. */
    private final int[][] common;

    private Differences(List<String> straight, List<String> wrapped) {
        this.straight = straight;
        this.wrapped = wrapped;
        this.common = new int[straight.size() + 1][wrapped.size() + 1];
        for (int i = straight.size() - 1; i >= 0; i--) {
            for (int j = wrapped.size() - 1; j >= 0; j--) {
                common[i][j] = straight.get(i).equals(wrapped.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    /** What is in one of them only, each with what the other has in its place. */
    static List<Difference> between(List<String> straight, List<String> wrapped) {
        return straight.equals(wrapped) ? List.of() : new Differences(straight, wrapped).all();
    }

    /**
     * One answer that differs.
     *
     * @param straight what the vendor's driver has answered, or nothing
     * @param wrapped what Helios has answered, or nothing
     */
    record Difference(String straight, String wrapped) {
        static final String NOTHING = "nothing";

        /** What was asked. */
        String label() {
            String line = straight.equals(NOTHING) ? wrapped : straight;
            int end = line.indexOf(" -> ");
            return end < 0 ? line : line.substring(0, end);
        }

        @Override
        public String toString() {
            return "straight: " + straight + System.lineSeparator() + "through Helios: " + wrapped;
        }
    }

    private List<Difference> all() {
        List<Difference> all = new ArrayList<>();
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < straight.size() || j < wrapped.size()) {
            if (i < straight.size() && j < wrapped.size() && straight.get(i).equals(wrapped.get(j))) {
                pair(here, there, all);
                i++;
                j++;
            } else if (j == wrapped.size() || (i < straight.size() && common[i + 1][j] >= common[i][j + 1])) {
                here.add(straight.get(i++));
            } else {
                there.add(wrapped.get(j++));
            }
        }
        pair(here, there, all);
        return all;
    }

    private static void pair(List<String> here, List<String> there, List<Difference> into) {
        for (int k = 0; k < Math.max(here.size(), there.size()); k++) {
            into.add(new Difference(
                    k < here.size() ? here.get(k) : Difference.NOTHING,
                    k < there.size() ? there.get(k) : Difference.NOTHING));
        }
        here.clear();
        there.clear();
    }
}
