package io.pagewalk.internal.page;

import io.pagewalk.listing.PageCut;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.record.RecordView;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The order of the walk: rounds over the partitions. A record is taken once it is known that none comes before it: what is known of a
 * partition ends somewhere, and the first round and turn of which that is not known, over all partitions, is as far as it goes. Only the
 * partitions that are behind are read on.
 */
final class InRounds implements Taking {
    private static final Comparator<Share> BY_WHAT_IS_UNKNOWN =
            Comparator.comparingLong(Share::known).thenComparingInt(Share::turn);

    private final PageToken token;
    private final List<Share> shares;
    private final long size;
    private final long maxBytes;
    private long passed;

    InRounds(PageToken token, List<Share> shares, long maxBytes) {
        this.token = token;
        this.shares = shares;
        this.size = shares.stream().mapToLong(Share::size).sum();
        this.maxBytes = maxBytes;
    }

    @Override
    public void take(PageDraft page) {
        Share behind = shares.stream()
                .filter(share -> !share.isKnown())
                .min(BY_WHAT_IS_UNKNOWN)
                .orElse(null);
        PriorityQueue<Share> heads = new PriorityQueue<>(InRounds::compareHeads);
        shares.stream().filter(share -> share.next() != null).forEach(heads::add);
        for (Share share = heads.poll(); share != null && isKnown(share, behind); share = heads.poll()) {
            RecordView record = Objects.requireNonNull(share.next());
            long round = share.roundOf(record);
            if (!page.takeFrom(share, record)) {
                passed = offsetsBefore(round, share.turn());
                return;
            }
            if (share.next() != null) {
                heads.add(share);
            }
            if (page.isEnded()) {
                passed = behind == null && heads.isEmpty() ? size : offsetsBefore(round, share.turn() + 1);
                return;
            }
        }
        if (behind == null) {
            passed = size;
            page.end(PageCut.END);
        } else {
            passed = offsetsBefore(behind.known(), behind.turn());
        }
    }

    /** Whether nothing that is not known comes before its next record. */
    private static boolean isKnown(Share share, @Nullable Share behind) {
        if (behind == null) {
            return true;
        }
        long round = share.roundOf(Objects.requireNonNull(share.next()));
        return round < behind.known() || (round == behind.known() && share.turn() < behind.turn());
    }

    private static int compareHeads(Share a, Share b) {
        long roundOfA = a.roundOf(Objects.requireNonNull(a.next()));
        long roundOfB = b.roundOf(Objects.requireNonNull(b.next()));
        return roundOfA == roundOfB ? Integer.compare(a.turn(), b.turn()) : Long.compare(roundOfA, roundOfB);
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
    @Override
    public long readOn(PageDraft page, int mostAtOnce) {
        List<Share> unknown = shares.stream()
                .filter(share -> !share.isKnown())
                .sorted(BY_WHAT_IS_UNKNOWN)
                .toList();
        Share behind = unknown.get(0);
        long missing = Math.max(
                1,
                page.missing() - shares.stream().mapToLong(Share::foundRecords).sum());
        long rounds = behind.known() + 1 + (missing - 1) / unknown.size();
        boolean isFull = shares.stream().mapToLong(Share::heldBytes).sum() > maxBytes;
        int asked = 0;
        long useful = 1;
        for (Share share : unknown) {
            boolean isNeeded = !isFull && missing > 0 && asked < mostAtOnce && share.known() < rounds;
            if (share == behind || isNeeded) {
                useful = Math.max(useful, share.want(rounds));
                missing -= rounds - share.known();
                asked++;
            } else {
                share.hold();
            }
        }
        return useful;
    }

    @Override
    public long passed() {
        return passed;
    }

    @Override
    public PageToken behind(long pages) {
        return Paginator.behind(token, passed, pages);
    }
}
