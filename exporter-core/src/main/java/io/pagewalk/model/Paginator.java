package io.pagewalk.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * The pure function from a token to its page. The same token gives the same page, on any machine, at any time.
 *
 * <p>The walk is one fixed sequence of slices, and pages only cut it. The sequence goes in rounds over the partitions by their
 * numbers; each round has one slice of every partition that still has something. The token holds whose turn it is. A page ends
 * before the first slice that does not fit into it. So the shares of the partitions differ by at most one slice while they last,
 * and every slice of a partition but its last is a full one.
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
        return new Page(token.page(), grants.slices, token.next(grants.starts, grants.ends, grants.turn));
    }

    /**
     * The token behind so many offsets of the walk, which are neither planned nor read; of the whole walk if it has fewer. It is the
     * token behind pages that end there, whatever their sizes. The page it plans has the number that it has where pages of the token's
     * size were walked, rounded up.
     *
     * @param offsets how many, from 0
     * @throws IllegalArgumentException if the token's slices have more than one offset: then pages end where slices do
     */
    public static PageToken skip(PageToken token, long offsets) {
        if (token.sliceSize() != 1 || offsets < 0) {
            throw new IllegalArgumentException("cannot skip " + offsets + " offsets of slices of " + token.sliceSize());
        }
        long skipped = Math.min(offsets, token.remaining());
        if (skipped == 0) {
            return token;
        }
        long pages = skipped / token.pageSize() + (skipped % token.pageSize() == 0 ? 0 : 1);
        return Skipping.skip(token, skipped, token.page() + pages);
    }

    /**
     * The token behind pages that end after so many offsets of the walk, whatever the page size.
     *
     * @param offsets from 0 to what remains
     * @param pages how many pages there are before it
     * @throws IllegalArgumentException as {@link #skip} does, and if so many do not remain
     */
    public static PageToken behind(PageToken token, long offsets, long pages) {
        requirePart(token, offsets);
        return Skipping.skip(token, offsets, token.page() + pages);
    }

    /**
     * A walk over the next so many offsets alone.
     *
     * @param offsets from 0 to what remains
     * @throws IllegalArgumentException as {@link #behind} does
     */
    public static PageToken window(PageToken token, long offsets) {
        requirePart(token, offsets);
        return Skipping.window(token, offsets);
    }

    private static void requirePart(PageToken token, long offsets) {
        if (token.sliceSize() != 1 || offsets < 0 || offsets > token.remaining()) {
            throw new IllegalArgumentException("no page ends after " + offsets + " offsets: " + token);
        }
    }

    /**
     * The token behind pages of another sequence than the walk's: so many offsets were taken of each partition.
     *
     * @param taken by index, of each from 0 to what remains of it
     * @param pages how many pages there are before it
     * @throws IllegalArgumentException if a partition does not have so many
     */
    public static PageToken after(PageToken token, long[] taken, long pages) {
        int turn = -1;
        for (int i = 0; i < taken.length; i++) {
            long left = token.end(i) - token.start(i) - taken[i];
            if (taken[i] < 0 || left < 0) {
                throw new IllegalArgumentException(
                        "no " + taken[i] + " offsets remain of partition " + token.partition(i) + ": " + token);
            }
            turn = turn < 0 && left > 0 ? i : turn;
        }
        return Skipping.moved(token, taken, token.page() + pages, Math.max(turn, 0));
    }

    private static final class Grants {
        private final PageToken token;
        private final long[] starts;
        private final long[] ends;
        private final List<Slice> slices = new ArrayList<>();
        private long room;
        /** Whose turn it is behind the page. */
        private int turn;

        Grants(PageToken token) {
            this.token = token;
            this.starts = token.copyOfStarts();
            this.ends = token.copyOfEnds();
            this.room = token.pageSize();
        }

        void run() {
            int[] order = inTurn();
            int active = order.length;
            while (active > 0) {
                int stillActive = 0;
                for (int i = 0; i < active; i++) {
                    int index = order[i];
                    if (!grant(index)) {
                        turn = index;
                        return;
                    }
                    if (starts[index] < ends[index]) {
                        order[stillActive++] = index;
                    }
                }
                active = stillActive;
            }
        }

        /** The indexes of the partitions that have something left, beginning with whose turn it is. */
        private int[] inTurn() {
            int count = token.partitionCount();
            int[] order = new int[count];
            int active = 0;
            for (int i = 0; i < count; i++) {
                int index = i + token.turn();
                index -= index < count ? 0 : count;
                if (starts[index] < ends[index]) {
                    order[active++] = index;
                }
            }
            return Arrays.copyOf(order, active);
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
}
