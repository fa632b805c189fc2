package io.heliosjdbc.agreements;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when an input file is refused; it carries every fault that was found, not only the first. */
public final class RefusedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Always a copy made by List.copyOf, which is serializable as its entries are.
    private final List<Fault> faults;

    /**
     * Refuses an input.
     *
     * @param faults what is wrong, at least one entry, in the order of the file
     */
    public RefusedInputException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = List.copyOf(faults);
    }

    /** The faults in the order of the file; never empty. */
    public List<Fault> faults() {
        return faults;
    }
}
