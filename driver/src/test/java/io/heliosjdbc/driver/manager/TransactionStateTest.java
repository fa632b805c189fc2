package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.TransactionEffect;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each effect of a text, with and without autocommit, where it fails and where it does not. */
class TransactionStateTest {
    private final TransactionState transaction = new TransactionState();

    @Test
    void byDefaultEachStatementIsItsOwnTransaction() {
        assertThat(transaction.isAutoCommit()).isTrue();
        assertThat(transaction.isOpen()).isFalse();
    }

    /** What a text does, whether it works too and fails; whether its slot stays, and whether a transaction is open afterwards. */
    @ParameterizedTest
    @CsvSource({
        "NONE, true, false, false, false",
        "NONE, true, true, false, false",
        "BEGINS, false, false, true, true",
        "BEGINS, false, true, false, false",
        "BEGINS, true, true, false, false",
        "CHAINS, false, false, false, true",
        "CHAINS, true, false, true, true",
        "CHAINS, true, true, false, false",
        "ENDS, false, false, false, false",
        "ENDS, true, true, false, false",
        "ENDS_BEFORE_WORK, true, false, false, false"
    })
    void underAutoCommitATextAloneOpensOne(
            TransactionEffect effect, boolean work, boolean fails, boolean slotStays, boolean open) {
        assertThat(after(effect, work, fails)).isEqualTo(slotStays);
        assertThat(transaction.isOpen()).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, true, false, true, true",
        "NONE, true, true, true, true",
        "BEGINS, false, false, true, true",
        "BEGINS, false, true, true, true",
        "CHAINS, false, false, false, true",
        "CHAINS, true, false, true, true",
        "CHAINS, false, true, true, true",
        "CHAINS, true, true, true, true",
        "ENDS, false, false, false, false",
        "ENDS, false, true, true, true",
        "ENDS, true, true, true, true",
        "ENDS_BEFORE_WORK, true, false, false, false",
        "ENDS_BEFORE_WORK, true, true, true, true"
    })
    void whatATextHasBegunATextEndsThatDoesNotFail(
            TransactionEffect effect, boolean work, boolean fails, boolean slotStays, boolean open) {
        transaction.executed(TransactionEffect.BEGINS, null);
        assertThat(after(effect, work, fails)).isEqualTo(slotStays);
        assertThat(transaction.isOpen()).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, true, false, true",
        "NONE, true, true, true",
        "BEGINS, false, true, true",
        "CHAINS, false, false, false",
        "CHAINS, false, true, true",
        "CHAINS, true, true, true",
        "ENDS, false, false, false",
        "ENDS, false, true, true",
        "ENDS, true, false, false",
        "ENDS, true, true, true",
        "ENDS_BEFORE_WORK, true, false, true",
        "ENDS_BEFORE_WORK, true, true, true"
    })
    void withoutAutoCommitWhatHasEndedHoldsNoSlotAndTheNextOneIsOpen(
            TransactionEffect effect, boolean work, boolean fails, boolean slotStays) {
        assertThat(transaction.autoCommit(false)).isFalse();
        assertThat(after(effect, work, fails)).isEqualTo(slotStays);
        assertThat(transaction.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionEffect.class,
            names = {"BEGINS", "CHAINS"})
    void aCommitEndsWhatATextHasBegun(TransactionEffect begins) {
        transaction.executed(begins, null);
        transaction.ended();
        assertThat(transaction.isOpen()).isFalse();
    }

    @Test
    void switchingAutoCommitOnEndsATransactionOnce() {
        assertThat(transaction.autoCommit(true)).as("it was on").isFalse();
        assertThat(transaction.autoCommit(false)).as("switched off").isFalse();
        assertThat(transaction.autoCommit(true)).as("switched on").isTrue();
        assertThat(transaction.isOpen()).isFalse();
    }

    private boolean after(TransactionEffect effect, boolean work, boolean fails) {
        SQLException failure = fails ? new SQLException("refused") : null;
        boolean slotStays = transaction.isOpenAfter(effect, work, failure);
        transaction.executed(effect, failure);
        return slotStays;
    }
}
