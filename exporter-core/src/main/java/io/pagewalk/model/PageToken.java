package io.pagewalk.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What is left to walk: the remaining range of every partition of an extent, and how it is cut. A token is
 * self-contained: whoever holds its text can go on. It is bound to the topic it was made for.
 *
 * <p>A partition that is exhausted stays in the token with an empty range, so the set of partitions never changes during
 * a walk. Immutable; safe for use by any number of threads.
 */
public final class PageToken {
    private final String clusterId;
    private final String topic;
    private final Uuid topicId;
    private final IsolationLevel isolationLevel;
    private final Direction direction;
    private final long pageSize;
    private final long sliceSize;
    private final long page;
    private final int turn;
    private final int[] partitions;
    private final long[] starts;
    private final long[] ends;

    /**
     * Takes ownership of the arrays; partitions ascend strictly.
     *
     * @param turn the index of the partition that has the next slice; 0 if nothing remains
     */
    PageToken(
            String clusterId,
            String topic,
            Uuid topicId,
            IsolationLevel isolationLevel,
            Direction direction,
            long pageSize,
            long sliceSize,
            long page,
            int turn,
            int[] partitions,
            long[] starts,
            long[] ends) {
        if (sliceSize < 1 || pageSize < sliceSize || page < 1) {
            throw new IllegalArgumentException("need 1 <= slice size <= page size and page >= 1, got slice size "
                    + sliceSize + ", page size " + pageSize + ", page " + page);
        }
        this.clusterId = clusterId;
        this.topic = topic;
        this.topicId = topicId;
        this.isolationLevel = isolationLevel;
        this.direction = direction;
        this.pageSize = pageSize;
        this.sliceSize = sliceSize;
        this.page = page;
        this.turn = turn;
        this.partitions = partitions;
        this.starts = starts;
        this.ends = ends;
    }

    /**
     * The token of a walk that has not begun.
     *
     * @param pageSize the most offsets a page covers
     * @param sliceSize the offsets of a full slice, from 1 to {@code pageSize}
     * @throws IllegalArgumentException if a size is out of its range
     */
    public static PageToken first(Extent extent, Direction direction, long pageSize, long sliceSize) {
        int count = extent.partitions().size();
        int[] partitions = new int[count];
        long[] starts = new long[count];
        long[] ends = new long[count];
        int i = 0;
        for (Map.Entry<Integer, OffsetRange> entry : extent.partitions().entrySet()) {
            partitions[i] = entry.getKey();
            starts[i] = entry.getValue().start();
            ends[i] = entry.getValue().end();
            i++;
        }
        return new PageToken(
                extent.clusterId(),
                extent.topic(),
                extent.topicId(),
                extent.isolationLevel(),
                direction,
                pageSize,
                sliceSize,
                1,
                turn(starts, ends),
                partitions,
                starts,
                ends);
    }

    /**
     * The token of a walk that has no page, of an extent without offsets.
     *
     * @throws IllegalArgumentException if the extent has any, or a size is out of its range
     */
    public static PageToken ofNothing(Extent extent, Direction direction, long pageSize, long sliceSize) {
        if (extent.size() > 0) {
            throw new IllegalArgumentException("the extent has offsets");
        }
        PageToken first = first(extent, direction, pageSize, sliceSize);
        return first.next(first.copyOfStarts(), first.copyOfEnds(), 0);
    }

    /** The first partition that has something left. */
    private static int turn(long[] starts, long[] ends) {
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] < ends[i]) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Reads a token's text.
     *
     * @throws InvalidTokenException saying what is wrong: not a token, truncated or mistyped, or a content that no walk
     *     produces
     * @throws io.pagewalk.error.NewerVersionException if it is of a later version
     */
    public static PageToken parse(String text) {
        return PageTokenCodec.decode(text);
    }

    /** The token's text: ASCII, safe in URLs and file names' neighbourhood, the same for equal tokens. */
    public String encode() {
        return PageTokenCodec.encode(this);
    }

    public String clusterId() {
        return clusterId;
    }

    public String topic() {
        return topic;
    }

    public Uuid topicId() {
        return topicId;
    }

    public IsolationLevel isolationLevel() {
        return isolationLevel;
    }

    public Direction direction() {
        return direction;
    }

    /** The most offsets a page covers. */
    public long pageSize() {
        return pageSize;
    }

    /** The offsets of a full slice. */
    public long sliceSize() {
        return sliceSize;
    }

    /** The number of the page this token plans, counted from 1. */
    public long page() {
        return page;
    }

    public int partitionCount() {
        return partitions.length;
    }

    /** The number of the partition at {@code index}; partitions ascend. */
    public int partition(int index) {
        return partitions[index];
    }

    /** What remains of the partition at {@code index}, empty once it is exhausted. */
    public OffsetRange remaining(int index) {
        return new OffsetRange(starts[index], ends[index]);
    }

    /** The index of the partition whose turn comes then in a round: 0 for the one that has the next slice. */
    public int indexInTurn(int then) {
        return (int) (((long) turn + then) % partitions.length);
    }

    /** A walk over what is left, offset by offset, however it is cut here. */
    public PageToken ofSingleOffsets() {
        return sliceSize == 1 ? this : with(pageSize, 1, page, turn, starts, ends);
    }

    /** The index of the partition that has the next slice; 0 if nothing remains. */
    int turn() {
        return turn;
    }

    long start(int index) {
        return starts[index];
    }

    long end(int index) {
        return ends[index];
    }

    /** How many offsets remain, over all partitions. */
    public long remaining() {
        long remaining = 0;
        for (int i = 0; i < starts.length; i++) {
            remaining = Math.addExact(remaining, ends[i] - starts[i]);
        }
        return remaining;
    }

    /** Whether the walk is done, and no page can be planned. One that has not begun has a first page, also where nothing remains. */
    public boolean isExhausted() {
        return (page > 1 || partitions.length == 0) && Arrays.equals(starts, ends);
    }

    /**
     * The same walk from here on, in pages of another size.
     *
     * @throws IllegalArgumentException if it is below the slice size
     */
    public PageToken withPageSize(long size) {
        return size == pageSize ? this : with(size, sliceSize, page, turn, starts, ends);
    }

    /** The token behind the page this one plans; takes ownership of the arrays. */
    PageToken next(long[] nextStarts, long[] nextEnds, int nextTurn) {
        return at(page + 1, nextStarts, nextEnds, nextTurn);
    }

    /** Likewise, before the page of that number. */
    PageToken at(long number, long[] newStarts, long[] newEnds, int newTurn) {
        return with(pageSize, sliceSize, number, newTurn, newStarts, newEnds);
    }

    private PageToken with(
            long newPageSize, long newSliceSize, long number, int newTurn, long[] newStarts, long[] newEnds) {
        return new PageToken(
                clusterId,
                topic,
                topicId,
                isolationLevel,
                direction,
                newPageSize,
                newSliceSize,
                number,
                newTurn,
                partitions,
                newStarts,
                newEnds);
    }

    long[] copyOfStarts() {
        return starts.clone();
    }

    long[] copyOfEnds() {
        return ends.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageToken that
                && clusterId.equals(that.clusterId)
                && topic.equals(that.topic)
                && topicId.equals(that.topicId)
                && isolationLevel == that.isolationLevel
                && direction == that.direction
                && pageSize == that.pageSize
                && sliceSize == that.sliceSize
                && page == that.page
                && turn == that.turn
                && Arrays.equals(partitions, that.partitions)
                && Arrays.equals(starts, that.starts)
                && Arrays.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return Objects.hash(clusterId, topic, topicId, direction, page, Arrays.hashCode(starts), Arrays.hashCode(ends));
    }

    /** A short description for messages; {@link #encode()} gives the text. */
    @Override
    public String toString() {
        return "page " + page + " of " + topic + " " + direction + ", " + remaining() + " offsets remaining";
    }
}
