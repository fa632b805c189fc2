package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgreementsTest {
    @TempDir
    Path directory;

    @Test
    void faultsAcrossFilesAreToldInTheOrderGiven() {
        Path first = Fixtures.path("together/first.xml");
        Path second = Fixtures.path("together/second.xml");
        Path missing = directory.resolve("missing.xml");

        assertThat(faults(missing, second, first))
                .containsExactly(
                        missing + ": the file does not exist; create it, or correct its name",
                        second + ":9:31: the same requests already belong to user load \"checkout\" at " + second
                                + ":6:33; describe them differently, or remove one of the two",
                        first + ":1:43: agreement \"shop\" is already at " + second
                                + ":1:43; give each agreement an id of its own",
                        first + ":6:17: user load \"checkout\" is already at " + second
                                + ":6:17; give each user load a name of its own, in all files",
                        first + ":6:33: the same requests already belong to user load \"checkout\" at " + second
                                + ":6:33; describe them differently, or remove one of the two",
                        first + ":11:43: penalties in USD cannot be weighed against those in EUR at " + second
                                + ":14:43; give all penalties in one unit");
    }

    @Test
    void faultsOfTwoFilesAreToldTogether() {
        Path first = Fixtures.path("bad/percent-zero.xml");
        Path second = Fixtures.path("bad/end-tag-missing.xml");

        assertThat(faults(first, second)).hasSize(3).satisfies(all -> {
            assertThat(all.get(0)).startsWith(first + ":16:30: ");
            assertThat(all.get(1)).startsWith(second + ":7:3: ");
            assertThat(all.get(2)).startsWith(second + ":26:3: ");
        });
    }

    @Test
    void aFileGivenTwiceIsOneFault() {
        Path file = Fixtures.path("together/first.xml");
        Path detour = file.resolveSibling("../together/first.xml");

        assertThat(faults(file, detour)).containsExactly(detour + ": the file is given twice; name it once");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThat(faults(directory))
                .containsExactly(directory + ": this is a directory; name the agreement files in it");
    }

    @Test
    void anOversizedFileIsRefused() throws IOException {
        byte[] bytes = new byte[AgreementReader.LARGEST_FILE + 1];
        Arrays.fill(bytes, (byte) ' ');
        Path file = Files.write(directory.resolve("large.xml"), bytes);

        assertThat(faults(file))
                .containsExactly(file + ": the file is larger than " + AgreementReader.LARGEST_FILE
                        + " bytes; divide it into several agreements");
    }

    @Test
    void aStreamThatFailsIsRefused() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThat(Fixtures.faults(new Agreements.Source("stream", broken)))
                .containsExactly("stream: the file cannot be read (java.io.IOException: disk on fire);"
                        + " make it readable for this process");
    }

    @Test
    void aStreamIsNotClosed() throws RefusedInputException {
        boolean[] closed = new boolean[1];
        byte[] bytes = Fixtures.agreement("a", "l", "user='u'", "").getBytes(StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        Agreements.readFrom(List.of(new Agreements.Source("stream", in)));

        assertThat(closed[0]).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-9", "windows-1252"})
    void placesAreTheSameInEveryEncoding(String encoding) {
        String text = "<?xml version='1.0' encoding='" + encoding + "'?>\n"
                + Fixtures.agreement("Größe", "Käufer", "user='ö' usr='x'", "");
        byte[] bytes = text.getBytes(Charset.forName(encoding));

        assertThat(Fixtures.faults(Fixtures.bytes(bytes)))
                .containsExactly("text:7:47: <Match> has no attribute usr; use user, application, client, tenant,"
                        + " schema, transaction, workload, priority, table or sql, or remove it");
    }

    @Test
    void aByteOrderMarkDoesNotShiftPlaces() {
        assertThat(Fixtures.faults("\uFEFF<Agreements/>"))
                .containsExactly("text:1:1: the root element is <Agreements>;"
                        + " begin the file with <Agreement xmlns=\"urn:helios:agreement:1\" id=\"...\">");
    }

    @Test
    void aRegularExpressionIsBounded() {
        String longest = "a".repeat(4_000);

        assertThat(Fixtures.faults(Fixtures.agreement("a", "l", "sql='" + longest + "'", "")))
                .isEmpty();
        assertThat(Fixtures.faults(Fixtures.agreement("a", "l", "sql='" + longest + "c'", "")))
                .containsExactly("text:6:33: sql=\"" + "a".repeat(60)
                        + "...\" is not allowed in <Match>; give a regular expression of 1 to 4000 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-02-28T24:00:00Z, 2027-03-01T00:00:00Z",
        "2027-06-30T23:59:59.123456789-14:00, 2027-07-01T13:59:59.123456789Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
    })
    void expirationIsAnInstantWhateverItsZone(String written, Instant meant) throws RefusedInputException {
        String text = Fixtures.agreement("a", "l", "user='u'", "<ExpirationTime>" + written + "</ExpirationTime>");
        Agreements agreements = Agreements.readFrom(List.of(Fixtures.bytes(text.getBytes(StandardCharsets.UTF_8))));

        assertThat(agreements.all())
                .extracting(agreement -> agreement.context().expirationTime())
                .containsExactly(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "2027-02-29T00:00:00Z",
                "2027-01-01T23:59:60Z",
                "2027-01-01T00:00:00+15:00",
                "12027-01-01T00:00:00Z"
            })
    void expirationAtNoInstantIsRefused(String written) {
        String text = Fixtures.agreement("a", "l", "user='u'", "<ExpirationTime>" + written + "</ExpirationTime>");

        assertThat(Fixtures.faults(text))
                .containsExactly("text:3:12: <ExpirationTime> cannot be \"" + written
                        + "\"; give a date and time with its time zone, such as 2027-12-31T00:00:00Z");
    }

    @Test
    void noFileIsNoAgreement() throws RefusedInputException {
        assertThat(Agreements.read(List.of()).all()).isEmpty();
    }

    @Test
    void expiredAgreementsAreReadButNotInForce() throws RefusedInputException {
        Instant end = Instant.parse("2026-06-30T22:00:00Z");
        String expiring = Fixtures.agreement(
                "old", "a", "user='a'", "<ExpirationTime>2026-07-01T00:00:00+02:00</ExpirationTime>");
        String lasting = Fixtures.agreement("new", "b", "user='b'", "");
        Agreements agreements = Agreements.readFrom(List.of(
                Fixtures.bytes(expiring.getBytes(StandardCharsets.UTF_8)),
                Fixtures.bytes(lasting.getBytes(StandardCharsets.UTF_8))));

        assertThat(agreements.all()).extracting(Agreement::id).containsExactly("old", "new");
        assertThat(agreements.inForce(end.minusNanos(1)).all())
                .extracting(Agreement::id)
                .containsExactly("old", "new");
        assertThat(agreements.inForce(end).all()).extracting(Agreement::id).containsExactly("new");
        assertThat(agreements.inForce(end).userLoad("a")).isNull();
        assertThat(agreements.inForce(end).userLoad("b")).isNotNull();
    }

    @Test
    void whatHasExpiredDoesNotContradictItsSuccessor() throws RefusedInputException {
        Instant end = Instant.parse("2026-06-30T22:00:00Z");
        String expiring = Fixtures.agreement(
                "one", "a", "user='a'", "<ExpirationTime>2026-07-01T00:00:00+02:00</ExpirationTime>");
        String successor = Fixtures.agreement("one", "a", "user='a'", "");

        assertThatThrownBy(() -> read(end.minusNanos(1), expiring, successor))
                .isInstanceOfSatisfying(
                        RefusedInputException.class,
                        refused -> assertThat(refused.faults()).hasSize(3));
        Agreements agreements = read(end, expiring, successor);
        assertThat(agreements.all()).hasSize(2);
        assertThat(agreements.inForce(end).all())
                .containsExactly(agreements.all().get(1));
    }

    private static Agreements read(Instant now, String... texts) throws RefusedInputException {
        return Agreements.readFrom(
                Stream.of(texts)
                        .map(each -> Fixtures.bytes(each.getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                now);
    }

    @Test
    void aFaultOfSomebodyElseIsPlacedAtTheUserLoad() throws RefusedInputException {
        Path file = Fixtures.path("good/everything.xml");
        Agreements agreements = Agreements.read(List.of(file));
        UserLoad load = agreements.userLoads().get(1);

        assertThat(agreements.fault(load, "no service class", "configure it"))
                .hasToString(file + ":22:7: no service class; configure it");
        UserLoad stranger = Agreements.builtIn().userLoads().get(0);
        assertThatThrownBy(() -> agreements.fault(stranger, "what", "mend"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a user load of these agreements: high");
    }

    @Test
    void aRefusalSurvivesSerialization() throws IOException, ClassNotFoundException {
        RefusedInputException refused =
                catchThrowableOfType(RefusedInputException.class, () -> Agreements.read(List.of(directory)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refused);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((RefusedInputException) in.readObject()).faults()).isEqualTo(refused.faults());
        }
    }

    private static List<String> faults(Path... files) {
        RefusedInputException refused =
                catchThrowableOfType(RefusedInputException.class, () -> Agreements.read(List.of(files)));
        return refused.faults().stream().map(Fault::toString).toList();
    }
}
