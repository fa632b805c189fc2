package io.heliosjdbc.classifier.criteria;

/** Thrown for a text that is no criterion. */
public final class CriterionSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String mend;

    /**
     * Refuses a criterion.
     *
     * @param offset where in the text, from 0
     * @param what what is wrong
     * @param mend what to do about it
     */
    public CriterionSyntaxException(int offset, String what, String mend) {
        super(what);
        this.offset = offset;
        this.mend = mend;
    }

    /** Where in the text, from 0. */
    public int offset() {
        return offset;
    }

    /** What to do about it. */
    public String mend() {
        return mend;
    }
}
