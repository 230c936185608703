package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.audit.PartitionFigures;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.spi.DataFile;
import org.jspecify.annotations.Nullable;

/** Adds up what is found of one partition. */
final class PartitionTally {
    private OffsetRange range;
    private long offsets;
    private long files;
    private long records;
    private long gaps;
    private long lost;
    private @Nullable Digest digest;
    private @Nullable TopicFigures topic;

    PartitionTally(OffsetRange range, boolean deep, boolean compared) {
        this.range = range;
        this.digest = deep ? Digest.ZERO : null;
        this.topic = compared ? TopicFigures.NONE : null;
    }

    /** A later run of the series goes on there. */
    void reachTo(OffsetRange next) {
        range = new OffsetRange(range.start(), next.end());
    }

    void add(DataFile file) {
        gaps += file.gaps();
        offsets += file.slice().range().size();
        files++;
        records += file.content().records();
    }

    void addLost(long more) {
        lost += more;
    }

    void add(Digest more) {
        digest = digest == null ? more : digest.plus(more);
    }

    void add(TopicFigures more) {
        topic = topic == null ? more : topic.plus(more);
    }

    PartitionFigures figures() {
        return new PartitionFigures(range, offsets, files, records, gaps, lost, digest, topic);
    }
}
