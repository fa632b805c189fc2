package io.heliosjdbc.scheduler;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap whose elements know their place in it, so that any of them can be removed or moved in O(log n). Not thread-safe.
 */
final class IndexedHeap<T extends Placed> {
    private final Comparator<? super T> order;
    private final int slot;
    private @Nullable Object[] elements = new Object[8];
    private int size;

    /**
     * An empty heap.
     *
     * @param order the least element is on top
     * @param slot which of its elements' places is the one in this heap
     */
    IndexedHeap(Comparator<? super T> order, int slot) {
        this.order = order;
        this.slot = slot;
    }

    int size() {
        return size;
    }

    boolean contains(T element) {
        int at = element.place(slot);
        return at >= 0 && at < size && elements[at] == element;
    }

    @Nullable
    T top() {
        return size == 0 ? null : element(0);
    }

    T element(int at) {
        @SuppressWarnings("unchecked")
        T element = (T) elements[at];
        if (element == null) {
            throw new IndexOutOfBoundsException(at);
        }
        return element;
    }

    void add(T element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size * 2);
        }
        size++;
        up(size - 1, element);
    }

    /** Does nothing where the element is not in the heap. */
    void remove(T element) {
        if (!contains(element)) {
            return;
        }
        int at = element.place(slot);
        size--;
        @SuppressWarnings("unchecked")
        T last = (T) elements[size];
        elements[size] = null;
        element.place(slot, Placed.NOWHERE);
        if (at != size && last != null) {
            move(at, last);
        }
    }

    /** The element's order has changed. */
    void update(T element) {
        if (contains(element)) {
            move(element.place(slot), element);
        }
    }

    private void move(int at, T element) {
        down(at, element);
        if (elements[at] == element) {
            up(at, element);
        }
    }

    private void up(int from, T element) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            T above = element(parent);
            if (order.compare(element, above) >= 0) {
                break;
            }
            put(at, above);
            at = parent;
        }
        put(at, element);
    }

    private void down(int from, T element) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && order.compare(element(child + 1), element(child)) < 0) {
                child++;
            }
            T below = element(child);
            if (order.compare(element, below) <= 0) {
                break;
            }
            put(at, below);
            at = child;
        }
        put(at, element);
    }

    private void put(int at, T element) {
        elements[at] = element;
        element.place(slot, at);
    }
}
