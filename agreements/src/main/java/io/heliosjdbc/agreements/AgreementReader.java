package io.heliosjdbc.agreements;

import io.heliosjdbc.agreements.xml.AgreementType;
import io.heliosjdbc.agreements.xml.ServiceDescriptionTermType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads all agreements of one workload manager, or tells everything that is wrong with them. Not thread-safe. */
final class AgreementReader {
    /** Far above any agreement, far below what would hurt the application that the driver lives in. */
    static final int LARGEST_FILE = 4 * 1024 * 1024;

    private static final Comparator<Fault> POSITION =
            Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column);

    private final Instant now;
    private final List<Document> documents = new ArrayList<>();
    private final Map<String, Integer> order = new HashMap<>();

    /** @param now what has expired by then contradicts no other agreement */
    AgreementReader(Instant now) {
        this.now = now;
    }

    /** What was read: the agreements, and the place of each user load. */
    record Result(List<Agreement> agreements, Map<UserLoad, Place> places) {}

    void files(List<Path> files) {
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (seen.add(file.toAbsolutePath().normalize())) {
                file(file);
            } else {
                unread(file.toString(), "the file is given twice", "name it once");
            }
        }
    }

    private void file(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            unread(name, "this is a directory", "name the agreement files in it");
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            stream(name, in);
        } catch (NoSuchFileException e) {
            unread(name, "the file does not exist", "create it, or correct its name");
        } catch (IOException e) {
            unreadable(name, e);
        }
    }

    void stream(String name, InputStream in) {
        byte[] bytes;
        try {
            bytes = in.readNBytes(LARGEST_FILE + 1);
        } catch (IOException e) {
            unreadable(name, e);
            return;
        }
        if (bytes.length > LARGEST_FILE) {
            unread(name, "the file is larger than " + LARGEST_FILE + " bytes", "divide it into several agreements");
        } else {
            add(name, DocumentReader.read(name, bytes));
        }
    }

    private void unreadable(String name, IOException e) {
        unread(name, "the file cannot be read (" + e + ")", "make it readable for this process");
    }

    private void unread(String name, String what, String mend) {
        add(name, Document.unread(Place.wholeFile(name).fault(what, mend)));
    }

    private void add(String name, Document document) {
        order.putIfAbsent(name, order.size());
        documents.add(document);
    }

    Result result() throws RefusedInputException {
        List<Fault> faults = new ArrayList<>();
        for (Document document : documents) {
            faults.addAll(document.faults());
            faults.addAll(Contradictions.in(document));
        }
        faults.addAll(CrossContradictions.in(
                documents.stream().filter(each -> !each.hasExpired(now)).toList()));
        if (!faults.isEmpty()) {
            Comparator<Fault> file = Comparator.comparingInt(fault -> order.getOrDefault(fault.file(), order.size()));
            faults.sort(file.thenComparing(POSITION));
            throw new RefusedInputException(faults);
        }
        List<Agreement> agreements = new ArrayList<>();
        Map<UserLoad, Place> places = new HashMap<>();
        for (Document document : documents) {
            AgreementType content = Objects.requireNonNull(document.agreement(), "no fault, but no content");
            Agreement agreement = Records.agreement(content);
            agreements.add(agreement);
            Iterator<ServiceDescriptionTermType> terms =
                    content.getTerms().getServiceDescriptionTerm().iterator();
            for (UserLoad load : agreement.userLoads()) {
                places.put(load, document.tag(terms.next().getUserLoad()).place());
            }
        }
        return new Result(agreements, places);
    }
}
