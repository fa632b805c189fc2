package io.heliosjdbc.driver.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.slo.LoadState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTextTest {
    private static final Instant NOW = Instant.parse("2026-03-20T09:00:00.123456789Z");

    @Test
    void whatIsReadIsWhatWasWritten() throws RefusedInputException {
        for (int seed = 0; seed < 500; seed++) {
            List<LoadState> books = new RandomBooks(seed).loads(4);

            assertThat(AccountsText.read("books", AccountsText.write(books, NOW), AccountsFile.ANEW))
                    .isEqualTo(books);
        }
    }

    @Test
    void aCopyThatIsCutOffAnywhereIsRefused() throws RefusedInputException {
        for (int seed = 0; seed < 10; seed++) {
            List<LoadState> books = new RandomBooks(seed).loads(3);
            byte[] whole = AccountsText.write(books, NOW);
            for (int length = 0; length < whole.length - 1; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                int lines = lines(part);

                assertThatExceptionOfType(RefusedInputException.class)
                        .as("%d of %d", length, whole.length)
                        .isThrownBy(() -> AccountsText.read("books", part, AccountsFile.ANEW))
                        .satisfies(refused -> assertThat(refused.faults())
                                .singleElement()
                                .satisfies(fault -> {
                                    assertThat(fault.file()).isEqualTo("books");
                                    assertThat(fault.line()).isEqualTo(lines);
                                    assertThat(fault.what()).contains("cut off");
                                    assertThat(fault.mend()).startsWith("put a copy in its place");
                                }));
            }
            assertThat(AccountsText.read("books", Arrays.copyOf(whole, whole.length - 1), AccountsFile.ANEW))
                    .isEqualTo(books);
        }
    }

    /** How many lines there are; one that has only just begun does not count. */
    /** Some write numbers in digits of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG-u-nu-arab", "th-TH-u-nu-thai", "tr-TR"})
    void itIsTheSameInEveryLocale(String tag) {
        List<LoadState> books = new RandomBooks(1).loads(4);
        byte[] written = AccountsText.write(books, NOW);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));

            assertThat(AccountsText.write(books, NOW)).isEqualTo(written);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static int lines(byte[] part) {
        String text = new String(part, StandardCharsets.UTF_8);
        return Math.max(
                1, (int) text.chars().filter(c -> c == '\n').count() + (text.isEmpty() || text.endsWith("\n") ? 0 : 1));
    }

    @Test
    void aSingleDamagedByteIsRefused() {
        SplittableRandom random = new SplittableRandom(1);
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] damaged = AccountsText.write(new RandomBooks(seed).loads(2), NOW);
            int at = random.nextInt(damaged.length - 1);
            damaged[at] ^= (byte) (1 << random.nextInt(8));

            assertThatExceptionOfType(RefusedInputException.class)
                    .as("seed %d, byte %d", seed, at)
                    .isThrownBy(() -> AccountsText.read("books", damaged, AccountsFile.ANEW));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "helios-accounts 2 written 2026-03-20T09:00:00Z\\nsomething | 1: the accounts were written by a later"
                        + " version of Helios (format 2, this one reads 1); use that version, or move it away to"
                        + " begin with empty accounts",
                "<xml/> | 1: the accounts are damaged or cut off: '<xml/>' stands where helios-accounts is expected",
                "helios-accounts 1 written 2026-03-20T09:00:00Z\\naccount - transactions 1"
                        + " | 2: the accounts are damaged or cut off: 'account' stands before the first load",
                "helios-accounts 1 written 2026-03-20T09:00:00Z\\nload \"x\" per LOAD from 2026-03-20T09:00:00Z until"
                        + " never\\naccount - transactions 1 late 2 refused 0 response_ns 0.0"
                        + " | 3: the accounts are damaged or cut off: 1 transactions, 2 of them late, 0 refused cannot be",
                "helios-accounts 1 written 2026-03-20T09:00:00Z\\nend lines 1 checksum 00000000 | 2: the accounts are"
                        + " damaged or cut off: number of lines and checksum are not those of the file"
            })
    void aFaultSaysWhereAndWhat(String text, String fault) {
        byte[] content = text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> AccountsText.read("books", content, AccountsFile.ANEW))
                .satisfies(refused -> assertThat(refused.faults().get(0).line() + ": "
                                + refused.faults().get(0).what() + "; "
                                + refused.faults().get(0).mend())
                        .startsWith(fault));
    }

    @Test
    void peopleCanReadIt() throws RefusedInputException {
        String text = """
                helios-accounts 1 written 2026-03-20T09:00:00.123456789Z
                load "checkout" per CLIENT from 2026-03-10T09:00:00Z until 2026-04-01T00:00:00Z
                objective percent 90.0 within PT5S
                penalty every P1M points 10.0 value 1000 maximum 2000 unit "USD"
                account - transactions 3 late 0 refused 0 response_ns 1.5E9
                account "acme" transactions 100 late 13 refused 2 response_ns 1.2E11 times_ns 199229440 60 4966055936 38
                statement "SELECT * FROM stock WHERE id = ?" weight 63.4 concurrency 4.5 mean_ns 812000.0 squares 9.0 products 1.5E7
                transaction "NewOrder" weight 63.4 concurrency 4.5 mean_ns 9120000.0 squares 9.0 products 1.5E7 requests 12.5 slot_mostly 1.7 slot_usually 1.1 slot_nearly_always 2.9 alone_ns 0.0
                """;
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        byte[] content =
                (text + "end lines 8 checksum %08x\n".formatted(sum.getValue())).getBytes(StandardCharsets.UTF_8);

        assertThat(new String(
                        AccountsText.write(AccountsText.read("books", content, AccountsFile.ANEW), NOW),
                        StandardCharsets.UTF_8))
                .isEqualTo(new String(content, StandardCharsets.UTF_8));
    }
}
