package io.pagewalk.model;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** Extents and first tokens of every shape: few and many partitions, skewed, empty, huge, at the end of what a number holds. */
public final class RandomExtents {
    private static final long[] SCALES = {1, 1, 7, 1_000, 1_000_000_000_000L};

    private RandomExtents() {}

    /** A token that walks to its end in at most some thousand pages. */
    public static PageToken firstToken(Random random) {
        long scale = SCALES[random.nextInt(SCALES.length)];
        Extent extent = extent(random, scale);
        long sliceSize = scale * (1L + random.nextInt(20));
        long slices = 1L + random.nextInt(2 * extent.partitions().size() + 2);
        long pageSize = sliceSize * slices + (random.nextBoolean() ? 0 : random.nextLong(sliceSize));
        Direction direction = random.nextBoolean() ? Direction.ASC : Direction.DESC;
        return PageToken.first(extent, direction, pageSize, sliceSize);
    }

    private static Extent extent(Random random, long scale) {
        int count = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(30);
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        int partition = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            partitions.put(partition, range(random, scale));
            partition += random.nextInt(5) == 0 ? 1 + random.nextInt(1000) : 1;
        }
        return new Extent(
                new Uuid(random.nextLong(), random.nextLong()).toString(),
                "topic-" + random.nextInt(100),
                new Uuid(random.nextLong(), random.nextLong()),
                random.nextBoolean() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED,
                partitions);
    }

    private static OffsetRange range(Random random, long scale) {
        long size = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> scale * random.nextInt(100);
            case 3 -> scale * 40;
            default -> random.nextLong(scale * 30);
        };
        long start = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE - size;
            default -> random.nextLong(1_000_000);
        };
        return new OffsetRange(start, start + size);
    }
}
