package io.pagewalk.internal.schema.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by what frames are of: the schema, and which of its messages. To look one up makes no object. It only grows, so the caller says
 * what may become a member of it. Confined to one thread.
 */
public final class FrameTable<T> {
    private static final int FIRST_BUCKETS = 16;

    private record Entry<T>(
            int hash, Frame of, T value, @Nullable Entry<T> next) {}

    private @Nullable Entry<T>[] buckets = buckets(FIRST_BUCKETS);
    private @Nullable Entry<T> last;
    private int size;

    @SuppressWarnings("unchecked")
    private static <T> @Nullable Entry<T>[] buckets(int number) {
        return (@Nullable Entry<T>[]) new Entry<?>[number];
    }

    /** The value of a frame; null if it has none. Payloads that follow each other are mostly of the same schema, which costs least. */
    public @Nullable T get(Frame frame) {
        Entry<T> entry = last;
        if (entry != null && entry.of.matches(frame)) {
            return entry.value;
        }
        int hash = frame.hash();
        for (entry = buckets[hash & buckets.length - 1]; entry != null; entry = entry.next) {
            if (entry.hash == hash && entry.of.matches(frame)) {
                last = entry;
                return entry.value;
            }
        }
        return null;
    }

    /**
     * Adds the value of a frame.
     *
     * @throws IllegalStateException if it has one
     */
    public void put(Frame frame, T value) {
        if (get(frame) != null) {
            throw new IllegalStateException("there is one");
        }
        if (size == buckets.length) {
            grow();
        }
        int hash = frame.hash();
        int bucket = hash & buckets.length - 1;
        buckets[bucket] = new Entry<>(hash, frame.kept(), value, buckets[bucket]);
        size++;
    }

    private void grow() {
        @Nullable Entry<T>[] old = buckets;
        buckets = buckets(2 * old.length);
        for (Entry<T> first : old) {
            for (Entry<T> entry = first; entry != null; entry = entry.next) {
                int bucket = entry.hash & buckets.length - 1;
                buckets[bucket] = new Entry<>(entry.hash, entry.of, entry.value, buckets[bucket]);
            }
        }
        last = null;
    }

    /** Forgets all of them. */
    public void clear() {
        Arrays.fill(buckets, null);
        last = null;
        size = 0;
    }

    /** How many there are. */
    public int size() {
        return size;
    }
}
