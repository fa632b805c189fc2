package io.heliosjdbc.tpcc.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void theRowsHaveTheSameDateWhereverTheyAreLoaded() {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : new String[] {"UTC", "Asia/Tokyo", "America/Lima"}) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                assertThat(Rows.now()).hasToString("2023-11-14 22:13:20.0");
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void allCharactersOfATextAreAsLikely() {
        String text = new RandomText(new SplittableRandom(1)).letters(620_000, 620_000);
        int[] counts = new int[128];
        text.chars().forEach(each -> counts[each]++);
        for (char each = 0; each < counts.length; each++) {
            if (Character.isLetterOrDigit(each)) {
                assertThat(counts[each]).as(String.valueOf(each)).isBetween(9_500, 10_500);
            } else {
                assertThat(counts[each]).as(String.valueOf((int) each)).isZero();
            }
        }
    }
}
