package io.pagewalk.internal.page;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.listing.PageCut;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Reads pages into memory, one after the other: the records that come next in the listing, as many as its token says, or fewer where they
 * would be too many bytes. Offsets without a record are passed over. Where a page ends depends on what the topic holds, and on nothing
 * else, unless its time is over.
 */
public final class PageReader {
    private static final long MOST_POLLED = 1 << 20;

    private final PageToken token;
    private final Order order;
    private final PartitionFeed feed;
    private final Terms terms;
    private final StopSignal stop;
    private final List<Share> shares = new ArrayList<>();
    private final Map<Integer, Share> byPartition = new HashMap<>();
    private final Taking taking;
    private long pages;
    private long found;
    /** How many records the last poll might bring, if it brought none of use. */
    private long polled;

    /**
     * @param feed of its topic; not closed
     * @param stop ends reading
     */
    public PageReader(ListingToken listing, PartitionFeed feed, Terms terms, StopSignal stop) {
        this.token = listing.walk();
        this.order = listing.order();
        this.feed = feed;
        this.terms = terms;
        this.stop = stop;
        boolean isWindow = terms.maxOffsets() < token.remaining();
        addShares(isWindow ? Paginator.window(token, terms.maxOffsets()) : token);
        this.taking = order == Order.TIME
                ? new ByTime(token, shares, terms.maxBytes())
                : new InRounds(token, shares, terms.maxBytes());
    }

    private void addShares(PageToken walk) {
        for (int turn = 0; turn < walk.partitionCount(); turn++) {
            int index = walk.indexInTurn(turn);
            OffsetRange left = walk.remaining(index);
            if (!left.isEmpty()) {
                Share share = share(walk.partition(index), turn, left);
                shares.add(share);
                byPartition.put(share.partition(), share);
            }
        }
    }

    private Share share(int partition, int turn, OffsetRange left) {
        if (token.direction() == Direction.ASC) {
            return new AscendingShare(partition, turn, left, feed, terms);
        }
        // Pieces of all partitions may be under way at the same time.
        long mostBytes = terms.maxBytes() / token.partitionCount();
        return new DescendingShare(partition, turn, left, feed, terms, token.pageSize(), mostBytes);
    }

    /**
     * Reads the next page.
     *
     * @param isLate whether its time is over; asked again and again
     * @throws DataLossException if the log start has passed an offset of the page
     * @throws PageDeadlineException if its time was over before anything was passed
     * @throws StoppedException if a stop was asked for
     */
    public PageListing read(BooleanSupplier isLate) throws IOException {
        long before = taking.passed();
        PageDraft page = new PageDraft(token.pageSize(), terms.maxBytes());
        taking.take(page);
        while (!page.isEnded()) {
            if (stop.isRequested()) {
                throw new StoppedException("stopped on request");
            }
            if (isLate.getAsBoolean()) {
                page.end(PageCut.TIME);
            } else {
                readOn(page);
                taking.take(page);
            }
        }
        if (page.cut() == PageCut.TIME && taking.passed() == before) {
            throw new PageDeadlineException(
                    token.topic()
                            + ": the time for a page was over before any of it had come; try again, with more time",
                    feed.isSilent());
        }
        return listing(page, taking.passed() - before);
    }

    /** A poll that brings nothing of use is followed by one that may bring twice as much. */
    private void readOn(PageDraft page) throws IOException {
        long useful = taking.readOn(page, terms.partitionsAtOnce());
        polled = Math.max(useful, Math.min(2 * polled, MOST_POLLED));
        long before = found;
        feed.poll((int) Math.min(polled, Integer.MAX_VALUE), record -> {
            Share share = byPartition.get(record.partition());
            if (share != null && terms.filter().test(record)) {
                share.accept(record);
                found++;
            }
        });
        if (found > before) {
            polled = 0;
        }
        shares.forEach(Share::moved);
    }

    /** How many bytes are held of what is behind the page. */
    long heldBytes() {
        return shares.stream().mapToLong(Share::heldBytes).sum();
    }

    private PageListing listing(PageDraft page, long offsets) {
        PageToken next = taking.behind(++pages);
        List<RecordView> records =
                order == Order.TIME ? page.records() : Merge.merged(token.direction(), page.records());
        boolean isEnd = next.remaining() == 0;
        PageCut cut = Objects.requireNonNull(page.cut());
        if (cut == PageCut.END) {
            cut = isEnd ? PageCut.END : PageCut.OFFSETS;
        }
        return new PageListing(records, offsets, cut, isEnd ? null : next);
    }
}
