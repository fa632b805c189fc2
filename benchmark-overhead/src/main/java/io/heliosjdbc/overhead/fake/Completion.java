package io.heliosjdbc.overhead.fake;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLFeatureNotSupportedException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.ExceptionMethod;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Completes an abstract JDBC class: what it does not write out throws. The interfaces of JDBC have some six hundred methods, of
 * which the benchmarks call two dozen. Stateless.
 */
final class Completion {
    private Completion() {}

    /**
     * The constructor of the completed class. Kept in a static final field, it is compiled like a plain {@code new}.
     *
     * @param lookup of the abstract class itself
     * @param parameters of its only constructor
     */
    static MethodHandle constructor(MethodHandles.Lookup lookup, Class<?> type, Class<?>... parameters) {
        try (var completed = new ByteBuddy()
                .subclass(type)
                .name(type.getName() + "Completed")
                .method(ElementMatchers.isAbstract())
                .intercept(ExceptionMethod.throwing(
                        SQLFeatureNotSupportedException.class, "the fake driver cannot do this"))
                .make()) {
            Class<?> loaded = completed
                    .load(type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
                    .getLoaded();
            return lookup.findConstructor(loaded, MethodType.methodType(void.class, parameters))
                    .asType(MethodType.methodType(type, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no complete " + type.getSimpleName(), e);
        }
    }

    /** What an {@code invokeExact} of such a constructor may throw, unchecked; there is nothing checked in it. */
    static RuntimeException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
