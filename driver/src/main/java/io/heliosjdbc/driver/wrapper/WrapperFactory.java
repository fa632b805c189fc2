package io.heliosjdbc.driver.wrapper;

import org.jspecify.annotations.Nullable;

/** Makes wrappers of one generated class. Implementations are generated, stateless and thread-safe. */
public interface WrapperFactory {
    /** Calls the generated class's constructor, whose parameters are those of the base class's. */
    Object create(Object delegate, Object owner, @Nullable Object detail);
}
