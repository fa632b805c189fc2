package io.heliosjdbc.classifier;

import io.heliosjdbc.agreements.Agreements;

/** Maps requests to user loads and service classes (thesis 1.1, service mapping). Thread-safe. */
public final class Classifier {

    /** A classifier with an empty cache. */
    public Classifier(ClassifierSettings settings, Agreements agreements) {
        throw new UnsupportedOperationException();
    }

    /** What a statement's text tells; cached per text, bounded. Never fails: any text at all has a profile. */
    public StatementProfile profile(String sql) {
        throw new UnsupportedOperationException();
    }

    /**
     * Decides where a request goes; cached in the profile.
     *
     * @param inTransaction whether the request is part of an explicit transaction
     */
    public Classification classify(StatementProfile profile, Attributes attributes, boolean inTransaction) {
        throw new UnsupportedOperationException();
    }
}
