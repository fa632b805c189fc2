package io.heliosjdbc.driver.engine;

import java.util.ArrayList;
import java.util.List;

/** A background whose time the test moves: what is due is done by the thread that says so. */
public final class ManualBackground implements Background {
    private record Task(Runnable what, long at) {}

    private final List<Task> tasks = new ArrayList<>();
    private long now;
    private boolean closed;

    @Override
    public void later(Runnable what, long nanos) {
        if (!closed) {
            tasks.add(new Task(what, now + nanos));
        }
    }

    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }

    /** Does what is due within the time in which new templates are collected. */
    public void collect() {
        advance(DatabaseEstimator.COLLECT_NANOS);
    }

    /** Does what is due until everything is asked for again, and has been asked for. */
    public void refresh() {
        advance(DatabaseEstimator.REFRESH_NANOS);
        collect();
    }

    private void advance(long nanos) {
        now += nanos;
        List<Task> due = tasks.stream().filter(task -> task.at() <= now).toList();
        tasks.removeAll(due);
        due.forEach(task -> task.what().run());
    }

    public boolean isClosed() {
        return closed;
    }

    public int tasks() {
        return tasks.size();
    }
}
