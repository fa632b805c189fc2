package io.heliosjdbc.driver.late;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.SQLException;
import java.util.Objects;

/**
 * The streams of what a {@link Locator} stands for, which can be read and written while it may be asked. Closing one that is over does nothing. As
 * thread-safe as the vendor's.
 */
final class LocatorStreams {
    private LocatorStreams() {}

    /** Something done to a stream of the vendor's. */
    @FunctionalInterface
    private interface Deed<T> {
        T done() throws IOException;
    }

    private static <T> T on(Locator locator, Deed<T> deed) throws IOException {
        try {
            return Objects.requireNonNull(locator.work(bound -> {
                try {
                    return deed.done();
                } catch (IOException vendors) {
                    throw new SQLException(vendors);
                }
            }));
        } catch (SQLException refused) {
            if (refused.getCause() instanceof IOException vendors) {
                throw vendors;
            }
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** Something done to a stream that has no answer. */
    @FunctionalInterface
    private interface Act {
        void happens() throws IOException;
    }

    private static void act(Locator locator, Act act) throws IOException {
        boolean unused = on(locator, () -> {
            act.happens();
            return true;
        });
    }

    private static void close(Locator locator, Act close) throws IOException {
        if (locator.isThere()) {
            act(locator, close);
        }
    }

    /** To be read. */
    static final class In extends InputStream {
        private final Locator locator;
        private final InputStream vendors;

        In(Locator locator, InputStream vendors) {
            this.locator = locator;
            this.vendors = vendors;
        }

        @Override
        public int read() throws IOException {
            return on(locator, vendors::read);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return on(locator, () -> vendors.read(into, from, length));
        }

        @Override
        public long skip(long bytes) throws IOException {
            return on(locator, () -> vendors.skip(bytes));
        }

        @Override
        public int available() throws IOException {
            return on(locator, vendors::available);
        }

        @Override
        public void close() throws IOException {
            LocatorStreams.close(locator, vendors::close);
        }
    }

    /** Likewise, text. */
    static final class Characters extends Reader {
        private final Locator locator;
        private final Reader vendors;

        Characters(Locator locator, Reader vendors) {
            this.locator = locator;
            this.vendors = vendors;
        }

        @Override
        public int read(char[] into, int from, int length) throws IOException {
            return on(locator, () -> vendors.read(into, from, length));
        }

        @Override
        public long skip(long characters) throws IOException {
            return on(locator, () -> vendors.skip(characters));
        }

        @Override
        public boolean ready() throws IOException {
            return on(locator, vendors::ready);
        }

        @Override
        public void close() throws IOException {
            LocatorStreams.close(locator, vendors::close);
        }
    }

    /** To be written. */
    static final class Out extends OutputStream {
        private final Locator locator;
        private final OutputStream vendors;

        Out(Locator locator, OutputStream vendors) {
            this.locator = locator;
            this.vendors = vendors;
        }

        @Override
        public void write(int one) throws IOException {
            act(locator, () -> vendors.write(one));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            act(locator, () -> vendors.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            act(locator, vendors::flush);
        }

        @Override
        public void close() throws IOException {
            LocatorStreams.close(locator, vendors::close);
        }
    }

    /** Likewise, text. */
    static final class Text extends Writer {
        private final Locator locator;
        private final Writer vendors;

        Text(Locator locator, Writer vendors) {
            this.locator = locator;
            this.vendors = vendors;
        }

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            act(locator, () -> vendors.write(characters, from, length));
        }

        @Override
        public void flush() throws IOException {
            act(locator, vendors::flush);
        }

        @Override
        public void close() throws IOException {
            LocatorStreams.close(locator, vendors::close);
        }
    }
}
