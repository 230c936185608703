package io.pagewalk.internal.page;

import io.pagewalk.error.DataLossException;
import io.pagewalk.model.Direction;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page into memory: the records that come next in the walk, as many as the token's page has, or fewer if they would have more bytes.
 * Offsets without a record are passed over. The walk is a sequence of offsets, so where a page ends depends on what the topic holds, and on nothing else.
 *
 * <p>The sequence goes in rounds over the partitions. A record is taken once it is known that none comes before it: what is known of a
 * partition ends somewhere, and the first round and turn of which that is not known, over all partitions, is as far as it goes. Only the
 * partitions that are behind are read on.
 */
public final class PageReader {
    private static final Comparator<Share> BY_WHAT_IS_UNKNOWN =
            Comparator.comparingLong(Share::known).thenComparingInt(Share::turn);

    private final PageToken token;
    private final PartitionFeed feed;
    private final long maxBytes;
    private final List<Share> shares = new ArrayList<>();
    private final Map<Integer, Share> byPartition = new HashMap<>();
    private final Merge merge;
    private long records;
    private long bytes;

    /**
     * @param token of a walk over single offsets
     * @param feed of its topic; not closed
     * @param maxBytes how many bytes of keys, values and headers the page may hold; one record it has in any case
     */
    public PageReader(PageToken token, PartitionFeed feed, long maxBytes) {
        if (token.sliceSize() != 1) {
            throw new IllegalArgumentException("slices of " + token.sliceSize() + " offsets");
        }
        this.token = token;
        this.feed = feed;
        this.maxBytes = maxBytes;
        this.merge = new Merge(token.direction());
        for (int turn = 0; turn < token.partitionCount(); turn++) {
            int index = token.indexInTurn(turn);
            OffsetRange left = token.remaining(index);
            if (!left.isEmpty()) {
                Share share = share(token.partition(index), turn, left);
                shares.add(share);
                byPartition.put(share.partition(), share);
            }
        }
    }

    private Share share(int partition, int turn, OffsetRange left) {
        return token.direction() == Direction.ASC
                ? new AscendingShare(partition, turn, left, feed)
                : new DescendingShare(partition, turn, left, feed, token.pageSize(), maxBytes);
    }

    /**
     * Reads the page.
     *
     * @throws DataLossException if the log start has passed an offset of the page
     */
    public PageListing read() throws IOException {
        long end = shares.isEmpty() ? 0 : -1;
        while (end < 0) {
            Share behind = shares.stream()
                    .filter(share -> !share.isKnown())
                    .min(BY_WHAT_IS_UNKNOWN)
                    .orElse(null);
            end = takeBefore(behind);
            if (end < 0) {
                if (behind == null) {
                    end = token.remaining();
                } else {
                    readOn(behind);
                }
            }
        }
        PageToken next = Paginator.behind(token, end);
        return new PageListing(merge.records(), next.remaining() == 0 ? null : next);
    }

    /**
     * Takes what is known to come next.
     *
     * @param behind whose turn it is where nothing more is known, or null
     * @return how many offsets the page has, or -1 if it may have more
     */
    private long takeBefore(@Nullable Share behind) {
        PriorityQueue<Share> heads = new PriorityQueue<>(PageReader::compareHeads);
        shares.stream().filter(share -> share.next() != null).forEach(heads::add);
        for (Share share = heads.poll(); share != null; share = heads.poll()) {
            RecordView record = Objects.requireNonNull(share.next());
            long round = share.roundOf(record);
            if (behind != null && isBefore(behind.known(), behind.turn(), round, share.turn())) {
                return -1;
            }
            if (records > 0 && bytes + record.size() > maxBytes) {
                return offsetsBefore(round, share.turn());
            }
            merge.add(share.take());
            bytes += record.size();
            records++;
            if (share.next() != null) {
                heads.add(share);
            }
            if (records == token.pageSize()) {
                return behind == null && heads.isEmpty() ? token.remaining() : offsetsBefore(round, share.turn() + 1);
            }
        }
        return -1;
    }

    private static int compareHeads(Share a, Share b) {
        long roundOfA = a.roundOf(Objects.requireNonNull(a.next()));
        long roundOfB = b.roundOf(Objects.requireNonNull(b.next()));
        return roundOfA == roundOfB ? Integer.compare(a.turn(), b.turn()) : Long.compare(roundOfA, roundOfB);
    }

    private static boolean isBefore(long round, int turn, long otherRound, int otherTurn) {
        return round < otherRound || (round == otherRound && turn < otherTurn);
    }

    /** How many offsets of the walk come before that turn of that round. */
    private long offsetsBefore(long round, int turn) {
        long offsets = 0;
        for (Share share : shares) {
            offsets += Math.min(share.size(), round);
            offsets += share.turn() < turn && share.size() > round ? 1 : 0;
        }
        return offsets;
    }

    /** Lets as much come as the page needs if there are no gaps, of who is behind first. */
    private void readOn(Share behind) throws IOException {
        List<Share> unknown = shares.stream()
                .filter(share -> !share.isKnown())
                .sorted(BY_WHAT_IS_UNKNOWN)
                .toList();
        long missing = Math.max(
                1,
                token.pageSize()
                        - records
                        - shares.stream().mapToLong(Share::foundRecords).sum());
        long rounds = behind.known() + 1 + (missing - 1) / unknown.size();
        boolean isFull = shares.stream().mapToLong(Share::foundBytes).sum() > maxBytes;
        for (Share share : unknown) {
            if (share == behind || (!isFull && missing > 0 && share.known() < rounds)) {
                share.want(rounds);
                missing -= rounds - share.known();
            } else {
                share.hold();
            }
        }
        feed.poll(record -> {
            Share share = byPartition.get(record.partition());
            if (share != null) {
                share.accept(record);
            }
        });
        shares.forEach(Share::moved);
    }
}
