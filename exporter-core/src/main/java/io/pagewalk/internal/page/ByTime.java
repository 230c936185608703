package io.pagewalk.internal.page;

import io.pagewalk.listing.PageCut;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.record.RecordView;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Merged by time over all partitions: again and again the next record of the partition whose next one is the oldest, or the newest in
 * a descending walk. So the next one of every partition has to be known before any is taken.
 */
final class ByTime implements Taking {
    private final PageToken token;
    private final List<Share> shares;
    private final long maxBytes;
    private final Comparator<Share> order;

    ByTime(PageToken token, List<Share> shares, long maxBytes) {
        this.token = token;
        this.shares = shares;
        this.maxBytes = maxBytes;
        this.order = Merge.byTime(token.direction(), share -> Objects.requireNonNull(share.next()));
    }

    @Override
    public void take(PageDraft page) {
        if (shares.stream().anyMatch(ByTime::isNextUnknown)) {
            return;
        }
        PriorityQueue<Share> heads = new PriorityQueue<>(order);
        shares.stream().filter(share -> share.next() != null).forEach(heads::add);
        for (Share share = heads.poll(); share != null; share = heads.poll()) {
            RecordView record = Objects.requireNonNull(share.next());
            if (!page.takeFrom(share, record) || page.isEnded() || isNextUnknown(share)) {
                return;
            }
            if (share.next() != null) {
                heads.add(share);
            }
        }
        page.end(PageCut.END);
    }

    private static boolean isNextUnknown(Share share) {
        return share.next() == null && !share.isKnown();
    }

    /**
     * Who has no next record is needed, whatever is held already; and of each some more, so that it is not asked again for every record. Once as
     * much is held as a page may have, one is asked at a time, for no more than its next record.
     */
    @Override
    public long readOn(PageDraft page, int mostAtOnce) {
        boolean isFull = shares.stream().mapToLong(Share::heldBytes).sum() > maxBytes;
        int most = isFull ? 1 : mostAtOnce;
        long more = isFull ? 1 : page.missing();
        int asked = 0;
        long useful = 1;
        for (Share share : shares) {
            if (isNextUnknown(share) && asked < most) {
                useful = Math.max(useful, share.want(share.known() + more));
                asked++;
            } else {
                share.hold();
            }
        }
        return useful;
    }

    /** What is before the next record of a share. */
    private static long passed(Share share) {
        RecordView next = share.next();
        return next == null ? share.known() : share.roundOf(next);
    }

    @Override
    public long passed() {
        return shares.stream().mapToLong(ByTime::passed).sum();
    }

    @Override
    public PageToken behind(long pages) {
        long[] taken = new long[token.partitionCount()];
        for (Share share : shares) {
            taken[token.indexInTurn(share.turn())] = passed(share);
        }
        return Paginator.after(token, taken, pages);
    }
}
