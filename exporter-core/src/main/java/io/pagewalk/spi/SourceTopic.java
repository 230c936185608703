package io.pagewalk.spi;

import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;

/** A topic whose records can be compared with what was exported of it. Called from one thread. */
public interface SourceTopic extends SourceLog {
    /** The first offset that each partition of the extent still has. */
    Map<Integer, Long> logStarts(Extent extent);

    /** Whether the topic's cleanup policy compacts now. */
    Compaction compaction(String topic);

    /** A reader of its own. */
    SliceReader newReader(IsolationLevel isolationLevel);
}
