package io.pagewalk.cli;

import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** Extents and tokens of a small topic. */
public final class Tokens {
    private Tokens() {}

    /** Partitions of 0, 1 and 10 offsets. */
    public static Extent extent(String topic) {
        return new Extent(
                "cluster",
                topic,
                new Uuid(1, 2),
                IsolationLevel.READ_COMMITTED,
                Map.of(0, new OffsetRange(5, 5), 1, new OffsetRange(0, 1), 2, new OffsetRange(100, 110)));
    }

    /** Pages of 3, slices of 1. */
    public static PageToken token(String topic) {
        return PageToken.first(extent(topic), Direction.ASC, 3, 1);
    }
}
