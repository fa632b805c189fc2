package io.heliosjdbc.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Requests in the order of their start-by instants, that tells the best ranked one of any span of them in O(log n). Not
 * thread-safe.
 *
 * <p>A treap: a search tree by start-by instant and at the same time a heap by a number that is as good as random, which keeps it
 * balanced whatever the order of arrival; each node knows the best of its subtree. Joining, leaving, a changed rank and a
 * question each walk one path.
 */
final class StartTree {
    /** A request's place in the tree. */
    static final class Node {
        private final Request request;
        private final int weight;
        private @Nullable Node left;
        private @Nullable Node right;
        private Request best;

        private Node(Request request) {
            this.request = request;
            this.best = request;
            // Fibonacci hashing: neighbours in time get weights far apart.
            this.weight = (int) ((request.sequence * 0x9E3779B97F4A7C15L) >>> 32);
        }

        private void renew() {
            best = request;
            if (left != null && isBetter(left.best, best)) {
                best = left.best;
            }
            if (right != null && isBetter(right.best, best)) {
                best = right.best;
            }
        }
    }

    private @Nullable Node root;

    private static boolean isBetter(Request one, Request other) {
        return one.rank > other.rank || (one.rank == other.rank && Discipline.TIES.compare(one, other) < 0);
    }

    private static boolean isBefore(Request one, Request other) {
        return one.startBy != other.startBy ? one.startBy < other.startBy : one.sequence < other.sequence;
    }

    void add(Request request) {
        root = add(root, new Node(request));
    }

    private static Node add(@Nullable Node into, Node added) {
        if (into == null) {
            return added;
        }
        if (isBefore(added.request, into.request)) {
            Node child = add(into.left, added);
            into.left = child;
            if (child.weight > into.weight) {
                into.left = child.right;
                child.right = into;
                into.renew();
                child.renew();
                return child;
            }
        } else {
            Node child = add(into.right, added);
            into.right = child;
            if (child.weight > into.weight) {
                into.right = child.left;
                child.left = into;
                into.renew();
                child.renew();
                return child;
            }
        }
        into.renew();
        return into;
    }

    void remove(Request request) {
        root = remove(root, request);
    }

    private static @Nullable Node remove(@Nullable Node from, Request request) {
        if (from == null) {
            return null;
        }
        if (from.request == request) {
            return merge(from.left, from.right);
        }
        if (isBefore(request, from.request)) {
            from.left = remove(from.left, request);
        } else {
            from.right = remove(from.right, request);
        }
        from.renew();
        return from;
    }

    private static @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.weight > right.weight) {
            left.right = merge(left.right, right);
            left.renew();
            return left;
        }
        right.left = merge(left, right.left);
        right.renew();
        return right;
    }

    /** The request's rank has changed. */
    void update(Request request) {
        update(root, request);
    }

    private static void update(@Nullable Node from, Request request) {
        if (from == null) {
            return;
        }
        if (from.request != request) {
            update(isBefore(request, from.request) ? from.left : from.right, request);
        }
        from.renew();
    }

    /** The best ranked request that has to start at an instant of a span; null where there is none. */
    @Nullable
    Request best(long from, long until) {
        Node top = root;
        while (top != null && (top.request.startBy < from || top.request.startBy >= until)) {
            top = top.request.startBy < from ? top.right : top.left;
        }
        if (top == null) {
            return null;
        }
        Request best = top.request;
        for (Node left = top.left; left != null; ) {
            if (left.request.startBy < from) {
                left = left.right;
            } else {
                best = better(best, left.request);
                best = left.right == null ? best : better(best, left.right.best);
                left = left.left;
            }
        }
        for (Node right = top.right; right != null; ) {
            if (right.request.startBy >= until) {
                right = right.left;
            } else {
                best = better(best, right.request);
                best = right.left == null ? best : better(best, right.left.best);
                right = right.right;
            }
        }
        return best;
    }

    private static Request better(Request known, Request candidate) {
        return isBetter(candidate, known) ? candidate : known;
    }
}
