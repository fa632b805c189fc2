package io.heliosjdbc.tpcc;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A {@link TimeSpan} of the command line, such as {@code 25s} or {@code 2m}. Stateless. */
public final class TimeSpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        try {
            return TimeSpan.parse(value);
        } catch (IllegalArgumentException e) {
            // Of any other exception the name of its class would be told, too.
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
