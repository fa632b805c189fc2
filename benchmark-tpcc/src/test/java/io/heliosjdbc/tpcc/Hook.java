package io.heliosjdbc.tpcc;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;

/** What a command prints; when it has printed some words, and flushed them, something is done once. Not thread-safe. */
public final class Hook extends StringWriter {
    private final String words;
    private final Callable<?> action;
    private boolean done;

    public Hook(String words, Callable<?> action) {
        this.words = words;
        this.action = action;
    }

    public PrintWriter writer() {
        return new PrintWriter(this);
    }

    @Override
    public void flush() {
        if (!done && toString().contains(words)) {
            done = true;
            try {
                action.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
