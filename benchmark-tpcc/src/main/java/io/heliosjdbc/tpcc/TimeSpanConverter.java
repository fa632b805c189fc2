package io.heliosjdbc.tpcc;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** A {@link TimeSpan} of the command line, such as {@code 25s} or {@code 2m}. Stateless. */
public final class TimeSpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        return TimeSpan.parse(value);
    }
}
