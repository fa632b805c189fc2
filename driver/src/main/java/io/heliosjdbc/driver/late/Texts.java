package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;

/** Tells what texts are. Thread-safe. */
@FunctionalInterface
public interface Texts {

    /** What a text tells. */
    StatementProfile profile(String sql);
}
