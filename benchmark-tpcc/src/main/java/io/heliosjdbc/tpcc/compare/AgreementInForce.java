package io.heliosjdbc.tpcc.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file with the agreement that Helios follows, which can be replaced while Helios runs, as an administrator would do it. It is in a
 * folder of its own until it is closed. Not thread-safe.
 */
final class AgreementInForce implements AutoCloseable {
    private final Path folder;
    private final Path file;

    private AgreementInForce(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("agreement.xml");
    }

    /** Copies an agreement, of a file or {@code classpath:}, to a file that can change. */
    static AgreementInForce open(String agreements) throws IOException {
        AgreementInForce opened = new AgreementInForce(Files.createTempDirectory("helios-compare"));
        opened.replace(agreements);
        return opened;
    }

    /** Where it is, as Helios's key {@code agreements} takes it. */
    String where() {
        return file.toString();
    }

    /** Puts another one in its place, in one step: nobody reads half of it. */
    void replace(String agreements) throws IOException {
        Path next = folder.resolve("next.xml");
        try (InputStream in = Scenario.open(agreements)) {
            Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("next.xml"));
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }
}
