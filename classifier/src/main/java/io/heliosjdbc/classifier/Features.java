package io.heliosjdbc.classifier;

import java.util.Map;

/** The features of a statement's text, by the names of the routing document's criteria. Immutable. */
public final class Features {

    /** Every known feature with its value, in a fixed order; a feature that is not known is absent. */
    public Map<String, Object> asMap() {
        throw new UnsupportedOperationException();
    }
}
