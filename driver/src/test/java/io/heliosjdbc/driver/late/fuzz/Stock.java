package io.heliosjdbc.driver.late.fuzz;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Connections that nobody has used, opened ahead by a thread of its own: to open one is mostly to wait. One thread's. */
final class Stock implements AutoCloseable {
    private static final int AHEAD = 6;

    private final Client.Opener opener;
    private final ExecutorService opening = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "stock");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Future<Connection>> ahead = new ArrayDeque<>();

    Stock(Client.Opener opener) {
        this.opener = opener;
        for (int i = 0; i < AHEAD; i++) {
            order();
        }
    }

    private void order() {
        ahead.add(opening.submit(opener::open));
    }

    /** A new connection, which is the caller's. */
    Connection take() throws SQLException {
        order();
        return opened(ahead.remove());
    }

    private static Connection opened(Future<Connection> ordered) throws SQLException {
        try {
            return ordered.get();
        } catch (ExecutionException failed) {
            throw new SQLException(failed.getCause());
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
            throw new SQLException(nobodyWaits);
        }
    }

    @Override
    public void close() throws SQLException {
        opening.shutdown();
        for (Future<Connection> each : ahead) {
            opened(each).close();
        }
    }
}
