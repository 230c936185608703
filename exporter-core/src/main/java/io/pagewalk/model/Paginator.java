package io.pagewalk.model;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * The pure function from a token to its page. The same token gives the same page, on any machine, at any time.
 *
 * <p>A page is granted in rounds. Each round gives one slice to every partition that still has something, those with the
 * most left first (the lower partition first among equals), until the next slice does not fit into the page. So the
 * shares of the partitions differ by at most one slice while they last, what a short partition cannot use goes to the
 * others, and every slice of a partition but its last is a full one.
 *
 * <p>An extent without offsets has one page with one slice, of its lowest partition and empty: an export of it publishes a file
 * that has the columns and no rows, which engines can read.
 */
public final class Paginator {
    /** A page ends here also when it has room left, so that its size in memory does not depend on the sizes asked for. */
    public static final int MAX_SLICES = 10_000;

    private Paginator() {}

    /**
     * Plans the page of a token.
     *
     * @throws IllegalArgumentException if the token is exhausted: there is no page behind the last
     */
    public static Page plan(PageToken token) {
        Grants grants = new Grants(token);
        grants.run();
        if (token.isExhausted()) {
            throw new IllegalArgumentException("no page remains: " + token);
        }
        if (grants.slices.isEmpty()) {
            grants.grantNothing();
        }
        return new Page(token.page(), grants.slices, token.next(grants.starts, grants.ends));
    }

    private static final class Grants {
        private final PageToken token;
        private final long[] starts;
        private final long[] ends;
        private final List<Slice> slices = new ArrayList<>();
        private long room;

        Grants(PageToken token) {
            this.token = token;
            this.starts = token.copyOfStarts();
            this.ends = token.copyOfEnds();
            this.room = token.pageSize();
        }

        /**
         * One ordering serves all rounds: a round takes the same from every partition, so who has more keeps more, and
         * those that run out are at the end.
         */
        void run() {
            MostLeftFirst order = new MostLeftFirst(token);
            int active = 0;
            while (order.hasNext()) {
                int index = order.next();
                if (!grant(index)) {
                    return;
                }
                order.taken[active++] = index;
            }
            while (active > 0) {
                int stillActive = 0;
                for (int i = 0; i < active; i++) {
                    int index = order.taken[i];
                    if (starts[index] == ends[index]) {
                        break;
                    }
                    if (!grant(index)) {
                        return;
                    }
                    stillActive++;
                }
                active = stillActive;
            }
        }

        void grantNothing() {
            OffsetRange range = new OffsetRange(starts[0], ends[0]);
            slices.add(new Slice(new TopicPartition(token.topic(), token.partition(0)), range));
        }

        private boolean grant(int index) {
            long size = Math.min(token.sliceSize(), ends[index] - starts[index]);
            if (size > room || slices.size() == MAX_SLICES) {
                return false;
            }
            OffsetRange range;
            if (token.direction() == Direction.ASC) {
                range = new OffsetRange(starts[index], starts[index] + size);
                starts[index] = range.end();
            } else {
                range = new OffsetRange(ends[index] - size, ends[index]);
                ends[index] = range.start();
            }
            room -= size;
            slices.add(new Slice(new TopicPartition(token.topic(), token.partition(index)), range));
            return true;
        }
    }

    /**
     * The indexes of the partitions that have something left, most first. A heap, because a page of a few slices looks at
     * a few partitions only, however many there are.
     */
    private static final class MostLeftFirst {
        private final PageToken token;
        private final int[] heap;
        private int size;
        /** The indexes in the order they were handed out; filled by the caller. */
        final int[] taken;

        MostLeftFirst(PageToken token) {
            this.token = token;
            this.heap = new int[token.partitionCount()];
            this.taken = new int[token.partitionCount()];
            for (int i = 0; i < heap.length; i++) {
                if (left(i) > 0) {
                    heap[size++] = i;
                }
            }
            for (int i = size / 2 - 1; i >= 0; i--) {
                siftDown(i);
            }
        }

        boolean hasNext() {
            return size > 0;
        }

        int next() {
            int top = heap[0];
            heap[0] = heap[--size];
            siftDown(0);
            return top;
        }

        private void siftDown(int from) {
            int parent = from;
            int moving = heap[parent];
            while (true) {
                int child = 2 * parent + 1;
                if (child >= size) {
                    break;
                }
                if (child + 1 < size && before(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!before(heap[child], moving)) {
                    break;
                }
                heap[parent] = heap[child];
                parent = child;
            }
            heap[parent] = moving;
        }

        private boolean before(int a, int b) {
            long leftOfA = left(a);
            long leftOfB = left(b);
            return leftOfA > leftOfB || (leftOfA == leftOfB && a < b);
        }

        private long left(int index) {
            return token.end(index) - token.start(index);
        }
    }
}
