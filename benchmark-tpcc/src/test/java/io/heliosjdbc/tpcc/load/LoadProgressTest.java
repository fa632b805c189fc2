package io.heliosjdbc.tpcc.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadProgressTest {
    private final AtomicLong clock = new AtomicLong(5);
    private final List<String> lines = new ArrayList<>();

    @Test
    void whatIsLeftFollowsFromTheRowsSoFarAlsoOfUnfinishedParts() {
        Load load = new Load(1, Population.SMALL, 4);
        LoadProgress progress = new LoadProgress(load, List.of(0, 2, 3, 4), clock::get, lines::add);
        long all = load.rows(0) + 3 * load.rows(2);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(30));
        progress.written().add(all / 4);
        progress.finished(Load.ITEMS);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(30));
        progress.written().add(all / 2);
        progress.finished(3);
        progress.written().add(all);
        progress.finished(2);
        progress.finished(4);
        assertThat(lines)
                .containsExactly(
                        "loaded 1000 items; about 90 s left",
                        "loaded warehouse 3, 2 of 4; about 20 s left",
                        "loaded warehouse 2, 3 of 4; about 0 s left",
                        "loaded warehouse 4, 4 of 4");
    }
}
