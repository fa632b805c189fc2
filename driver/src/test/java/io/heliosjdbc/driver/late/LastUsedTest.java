package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LastUsedTest {
    private static final int PLACES = 8;

    private final List<String> source = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private long now;
    private final LastUsed<String, String> lastUsed = new LastUsed<>(source::add, later::add, PLACES);

    private String takeOrAsk() {
        return lastUsed.takeOr("work", now, () -> "the source's");
    }

    private void sweep() {
        later.remove(0).run();
    }

    @Test
    void theLastOneComesFirst() {
        lastUsed.put("work", "first", now);
        lastUsed.put("work", "last", now);
        assertThat(lastUsed.size()).isEqualTo(2);
        assertThat(List.of(takeOrAsk(), takeOrAsk(), takeOrAsk())).containsExactly("last", "first", "the source's");
        assertThat(source).isEmpty();
    }

    private static void inAnotherThread(Runnable work) throws InterruptedException {
        Thread other = new Thread(work);
        other.start();
        other.join();
    }

    /** Two threads that work without a pause keep theirs, whichever was put back last. */
    @Test
    void whoComesBackAtOnceHasHisOwn() throws Exception {
        lastUsed.put("work", "mine", now);
        inAnotherThread(() -> lastUsed.put("work", "another's", now));
        now = LastUsed.AT_ONCE_NANOS - 1;
        assertThat(takeOrAsk()).isEqualTo("mine");
        assertThat(takeOrAsk()).isEqualTo("another's");
    }

    @Test
    void whoComesBackLaterHasTheLastOne() throws Exception {
        lastUsed.put("work", "mine", now);
        now = 1;
        inAnotherThread(() -> lastUsed.put("work", "another's", now));
        now = LastUsed.AT_ONCE_NANOS;
        assertThat(takeOrAsk()).isEqualTo("another's");
        assertThat(takeOrAsk()).isEqualTo("mine");
    }

    @Test
    void hisOwnIsWhatHeHasGivenBackForTheSameAMomentAgo() throws Exception {
        lastUsed.put("work", "mine", now);
        assertThat(lastUsed.takeOwn("reports", now, 1)).isNull();
        assertThat(lastUsed.takeOwn("work", 1, 1)).isNull();
        inAnotherThread(() -> assertThat(lastUsed.takeOwn("work", now, 1)).isNull());
        assertThat(lastUsed.takeOwn("work", now, 1)).isEqualTo("mine");
        assertThat(lastUsed.takeOwn("work", now, 1)).isNull();
    }

    /** More than there are places. */
    @Test
    void whateverManyThreadsHaveGivenBackIsFound() throws Exception {
        int threads = 3 * PLACES;
        for (int i = 0; i < threads; i++) {
            now = i;
            String each = "of " + i;
            inAnotherThread(() -> lastUsed.put("work", each, now));
        }
        assertThat(lastUsed.size()).isEqualTo(threads);
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < threads; i++) {
            taken.add(takeOrAsk());
        }
        assertThat(taken).hasSize(threads).doesNotContain("the source's");
        assertThat(lastUsed.size()).isZero();
    }

    @Test
    void whatWasUsedForTheSameComesFirst() {
        lastUsed.put("reports", "a report's", now);
        lastUsed.put("work", "first", now);
        lastUsed.put("work", "last", now);
        assertThat(lastUsed.<RuntimeException>takeOr("reports", now, () -> "the source's"))
                .isEqualTo("a report's");
        assertThat(lastUsed.<RuntimeException>takeOr("reports", now, () -> "the source's"))
                .isEqualTo("last");
        assertThat(lastUsed.size()).isEqualTo(1);
    }

    @Test
    void whatNobodyUsedFromOneSweepToTheNextGoesToTheSource() {
        lastUsed.put("work", "unused", now);
        lastUsed.put("work", "used", now);
        sweep();
        assertThat(source).isEmpty();
        lastUsed.put("work", takeOrAsk(), now);
        sweep();
        assertThat(source).containsExactly("unused");
        sweep();
        assertThat(source).containsExactly("unused", "used");
        assertThat(lastUsed.size()).isZero();
    }

    @Test
    void thereIsASweepToComeWhereverSomethingLies() {
        lastUsed.put("work", "one", now);
        lastUsed.put("work", "two", now);
        assertThat(later).hasSize(1);
        sweep();
        assertThat(later).hasSize(1);
        sweep();
        assertThat(later).isEmpty();
        lastUsed.put("work", "three", now);
        assertThat(later).hasSize(1);
    }

    @Test
    void aSourceThatFailsIsGivenTheOthersAtTheNextSweep() {
        List<String> given = new ArrayList<>();
        LastUsed<String, String> fragile = new LastUsed<>(
                what -> {
                    if (what.equals("broken")) {
                        throw new IllegalStateException("not that one");
                    }
                    given.add(what);
                },
                later::add,
                PLACES);
        fragile.put("work", "sound", now);
        fragile.put("work", "broken", now);
        sweep();
        assertThatThrownBy(this::sweep).hasMessage("not that one");
        sweep();
        assertThat(given).containsExactly("sound");
    }

    @Test
    void whileSomebodyAsksTheSourceItGetsWhatIsGivenBack() {
        String got = lastUsed.takeOr("work", now, () -> {
            lastUsed.put("work", "given back", now);
            return source.remove(0);
        });
        assertThat(got).isEqualTo("given back");
        lastUsed.put("work", got, now);
        assertThat(source).isEmpty();
    }

    @Test
    void whoAsksInVainDoesNotAskForEver() {
        try {
            String unused = lastUsed.takeOr("work", now, () -> {
                throw new IllegalStateException("none");
            });
        } catch (IllegalStateException expected) {
            lastUsed.put("work", "given back", now);
        }
        assertThat(lastUsed.size()).isEqualTo(1);
    }

    @Test
    void afterTheCloseEverythingGoesToTheSource() {
        lastUsed.put("work", "before", now);
        lastUsed.close();
        lastUsed.put("work", "after", now);
        assertThat(source).containsExactly("before", "after");
    }
}
