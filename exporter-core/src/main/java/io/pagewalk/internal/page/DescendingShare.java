package io.pagewalk.internal.page;

import io.pagewalk.model.OffsetRange;
import io.pagewalk.record.RecordView;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A share whose highest offset comes first. Logs are read the other way, so it is read in pieces from its end, and nothing of a piece is known
 * before all of it has come. A piece that holds no record makes the next one twice as long, so a hole costs few of them; of a long
 * one that holds many only the last are kept.
 */
final class DescendingShare extends Share {
    private final OffsetRange range;
    private final PartitionFeed feed;
    private final Terms terms;
    private final long mostRecords;
    private final long mostBytes;
    private final Deque<RecordView> piece = new ArrayDeque<>();
    private long pieceStart;
    private boolean reading;
    private long pieceBytes;
    /** Whether records of the piece were let go, before those that are kept. */
    private boolean cut;
    /** The least length of the next piece. */
    private long least = 1;

    private long known;

    /**
     * @param mostRecords how many of a piece are kept
     * @param mostBytes of them; one is kept in any case
     */
    DescendingShare(
            int partition,
            int turn,
            OffsetRange range,
            PartitionFeed feed,
            Terms terms,
            long mostRecords,
            long mostBytes) {
        super(partition, turn, range.size());
        this.range = range;
        this.feed = feed;
        this.terms = terms;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    @Override
    long known() {
        return known;
    }

    @Override
    long roundOf(RecordView record) {
        return range.end() - 1 - record.offset();
    }

    @Override
    long want(long offsets) {
        if (reading) {
            feed.resume(partition());
            return pieceEnd() - feed.position(partition());
        }
        long length = Math.min(size() - known, Math.max(least, offsets - known));
        pieceStart = pieceEnd() - length;
        feed.begin(partition(), pieceStart);
        reading = true;
        return length;
    }

    private long pieceEnd() {
        return range.end() - known;
    }

    @Override
    void hold() {
        if (reading) {
            feed.hold(partition());
        }
    }

    @Override
    void accept(RecordView record) {
        if (!reading || record.offset() >= pieceEnd()) {
            return;
        }
        RecordView kept = terms.keep(record);
        piece.addLast(kept);
        pieceBytes += kept.size();
        while (piece.size() > 1 && (piece.size() > mostRecords || pieceBytes > mostBytes)) {
            pieceBytes -= piece.removeFirst().size();
            cut = true;
        }
    }

    @Override
    void moved() {
        if (!reading || feed.position(partition()) < pieceEnd()) {
            return;
        }
        feed.hold(partition());
        reading = false;
        long length = pieceEnd() - pieceStart;
        least = piece.isEmpty() ? 2 * Math.min(length, Long.MAX_VALUE / 2) : 1;
        known = range.end() - (cut ? piece.getFirst().offset() : pieceStart);
        while (!piece.isEmpty()) {
            found(piece.removeLast());
        }
        pieceBytes = 0;
        cut = false;
    }

    @Override
    long heldBytes() {
        return super.heldBytes() + pieceBytes;
    }
}
