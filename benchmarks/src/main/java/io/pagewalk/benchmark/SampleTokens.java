package io.pagewalk.benchmark;

import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** Tokens of topics with many partitions of uneven sizes, as hashed keys make them. */
final class SampleTokens {
    private static final long SLICE_SIZE = 100_000;

    private SampleTokens() {}

    /** @param slicesPerPage how many full slices make a page */
    static PageToken token(int partitions, int slicesPerPage) {
        SplittableRandom random = new SplittableRandom(partitions);
        TreeMap<Integer, OffsetRange> ranges = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            long start = random.nextLong(1_000_000_000L);
            ranges.put(partition, new OffsetRange(start, start + random.nextLong(10_000_000L)));
        }
        Extent extent =
                new Extent("benchmark-cluster-id-0", "orders", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, ranges);
        return PageToken.first(extent, Direction.ASC, slicesPerPage * SLICE_SIZE, SLICE_SIZE);
    }
}
