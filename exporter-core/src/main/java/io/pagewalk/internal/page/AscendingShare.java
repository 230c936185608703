package io.pagewalk.internal.page;

import io.pagewalk.model.OffsetRange;
import io.pagewalk.record.RecordView;

/** A share whose lowest offset comes first: in the order in which a log is read. */
final class AscendingShare extends Share {
    private final OffsetRange range;
    private final PartitionFeed feed;
    private final Terms terms;
    private boolean begun;
    private long known;

    AscendingShare(int partition, int turn, OffsetRange range, PartitionFeed feed, Terms terms) {
        super(partition, turn, range.size());
        this.range = range;
        this.feed = feed;
        this.terms = terms;
    }

    @Override
    long known() {
        return known;
    }

    @Override
    long roundOf(RecordView record) {
        return record.offset() - range.start();
    }

    @Override
    long want(long offsets) {
        if (begun) {
            feed.resume(partition());
        } else {
            feed.begin(partition(), range.start());
            begun = true;
        }
        return offsets - known;
    }

    @Override
    void hold() {
        if (begun) {
            feed.hold(partition());
        }
    }

    @Override
    void accept(RecordView record) {
        if (record.offset() < range.end()) {
            found(terms.keep(record));
        }
    }

    @Override
    void moved() {
        if (begun) {
            known = Math.min(size(), feed.position(partition()) - range.start());
        }
    }
}
