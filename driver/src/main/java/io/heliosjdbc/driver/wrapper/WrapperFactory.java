package io.heliosjdbc.driver.wrapper;

import org.jspecify.annotations.Nullable;

/** Makes the wrappers of one vendor's class. Subclasses are generated, one for each; stateless and thread-safe. */
public abstract class WrapperFactory {
    private final Class<?> vendor;

    /** A factory for the objects of a vendor's class; called by generated classes. */
    protected WrapperFactory(Class<?> vendor) {
        this.vendor = vendor;
    }

    /** Whether it wraps a vendor's class. */
    final boolean fits(Class<?> other) {
        return other == vendor;
    }

    /** Calls the generated wrapper's constructor, whose parameters are those of the base class's, two or three. */
    public abstract Object create(Object delegate, Object owner, @Nullable Object detail);
}
