package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastUsedTest {
    private final List<String> source = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private long now;
    private final LastUsed<String, String> lastUsed = new LastUsed<>(source::add, later::add, () -> now);

    private String takeOrAsk() {
        return lastUsed.takeOr("work", () -> "the source's");
    }

    private void sweep() {
        later.remove(0).run();
    }

    @Test
    void theLastOneComesFirst() {
        lastUsed.put("work", "first");
        lastUsed.put("work", "last");
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
        lastUsed.put("work", "mine");
        inAnotherThread(() -> lastUsed.put("work", "another's"));
        now = LastUsed.AT_ONCE_NANOS - 1;
        assertThat(takeOrAsk()).isEqualTo("mine");
        assertThat(takeOrAsk()).isEqualTo("another's");
    }

    @Test
    void whoComesBackLaterHasTheLastOne() throws Exception {
        lastUsed.put("work", "mine");
        inAnotherThread(() -> lastUsed.put("work", "another's"));
        now = LastUsed.AT_ONCE_NANOS;
        assertThat(takeOrAsk()).isEqualTo("another's");
    }

    @Test
    void whatWasUsedForTheSameComesFirst() {
        lastUsed.put("reports", "a report's");
        lastUsed.put("work", "first");
        lastUsed.put("work", "last");
        assertThat(lastUsed.<RuntimeException>takeOr("reports", () -> "the source's"))
                .isEqualTo("a report's");
        assertThat(lastUsed.<RuntimeException>takeOr("reports", () -> "the source's"))
                .isEqualTo("last");
        assertThat(lastUsed.size()).isEqualTo(1);
    }

    @Test
    void whatNobodyUsedFromOneSweepToTheNextGoesToTheSource() {
        lastUsed.put("work", "unused");
        lastUsed.put("work", "used");
        sweep();
        assertThat(source).isEmpty();
        lastUsed.put("work", takeOrAsk());
        sweep();
        assertThat(source).containsExactly("unused");
        sweep();
        assertThat(source).containsExactly("unused", "used");
        assertThat(lastUsed.size()).isZero();
    }

    @Test
    void thereIsASweepToComeWhereverSomethingLies() {
        lastUsed.put("work", "one");
        lastUsed.put("work", "two");
        assertThat(later).hasSize(1);
        sweep();
        assertThat(later).hasSize(1);
        sweep();
        assertThat(later).isEmpty();
        lastUsed.put("work", "three");
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
                () -> now);
        fragile.put("work", "broken");
        fragile.put("work", "sound");
        sweep();
        assertThatThrownBy(this::sweep).hasMessage("not that one");
        sweep();
        assertThat(given).containsExactly("sound");
    }

    @Test
    void whileSomebodyAsksTheSourceItGetsWhatIsGivenBack() {
        String got = lastUsed.takeOr("work", () -> {
            lastUsed.put("work", "given back");
            return source.remove(0);
        });
        assertThat(got).isEqualTo("given back");
        lastUsed.put("work", got);
        assertThat(source).isEmpty();
    }

    @Test
    void whoAsksInVainDoesNotAskForEver() {
        try {
            String unused = lastUsed.takeOr("work", () -> {
                throw new IllegalStateException("none");
            });
        } catch (IllegalStateException expected) {
            lastUsed.put("work", "given back");
        }
        assertThat(lastUsed.size()).isEqualTo(1);
    }

    @Test
    void afterTheCloseEverythingGoesToTheSource() {
        lastUsed.put("work", "before");
        lastUsed.close();
        lastUsed.put("work", "after");
        assertThat(source).containsExactly("before", "after");
    }
}
