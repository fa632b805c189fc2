package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.Settlement;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements of what is owed, a line each; lines are only ever added. Not thread-safe. */
final class SettlementsFile {
    private final Path path;

    SettlementsFile(Path path) {
        this.path = path;
    }

    /** Those that are not written yet: a process may end between writing them and writing that they are settled. */
    List<Settlement> missing(List<Settlement> settlements) throws IOException {
        if (settlements.isEmpty() || !Files.exists(path)) {
            return settlements;
        }
        Map<String, Settlement> missing = new HashMap<>();
        settlements.forEach(each -> missing.put(StatementOfAccount.identity(each), each));
        try (BufferedReader lines = lines()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                StatementOfAccount.identityOf(line).ifPresent(missing::remove);
            }
        }
        return settlements.stream()
                .filter(each -> missing.containsKey(StatementOfAccount.identity(each)))
                .toList();
    }

    /** Books without what is settled already: a process may end between writing that and writing the books. */
    List<LoadState> unsettled(List<LoadState> books) throws IOException {
        RunningIntervals running = new RunningIntervals(books);
        if (running.isEmpty() || !Files.exists(path)) {
            return books;
        }
        try (BufferedReader lines = lines()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                running.settled(line);
            }
        }
        return running.unsettled();
    }

    /** A byte that is no UTF-8 is somebody else's; it must not keep the accounts from being opened. */
    private BufferedReader lines() throws IOException {
        return new BufferedReader(new InputStreamReader(new FileInputStream(path.toFile()), StandardCharsets.UTF_8));
    }

    /** Adds lines; when it returns they are on the disk, when it throws there are none of them. */
    void append(List<Settlement> settlements) throws IOException {
        List<String> lines = new ArrayList<>();
        settlements.forEach(each -> lines.add(StatementOfAccount.json(each)));
        boolean created = !Files.exists(path);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long size = file.length();
            String text = (endsInTheMiddle(file, size) ? "\n" : "") + String.join("\n", lines) + "\n";
            try {
                file.seek(size);
                file.write(text.getBytes(StandardCharsets.UTF_8));
                file.getFD().sync();
            } catch (IOException failed) {
                file.setLength(size);
                throw failed;
            }
        }
        if (created) {
            AccountsFile.forceDirectory(path);
        }
    }

    /** Whether the last line was cut off by the end of a process; what it was to say was not done, and follows anew. */
    private static boolean endsInTheMiddle(RandomAccessFile file, long size) throws IOException {
        if (size == 0) {
            return false;
        }
        file.seek(size - 1);
        return file.read() != '\n';
    }
}
