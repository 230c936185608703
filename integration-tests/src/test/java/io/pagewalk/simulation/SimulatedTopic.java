package io.pagewalk.simulation;

import io.pagewalk.error.DataLossException;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.SliceReader;
import io.pagewalk.spi.SourceLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** A topic in memory, with gaps as compaction and transaction markers leave them. */
final class SimulatedTopic {
    static final String NAME = "orders";
    /** Offsets that are fetched at a time; what was fetched can be read though it is gone meanwhile. */
    private static final int POLL = 3;

    private final List<NavigableMap<Long, RecordView>> partitions = new ArrayList<>();
    private final List<OffsetRange> ranges = new ArrayList<>();
    private final Map<Integer, Long> logStarts = new HashMap<>();
    /** What happens to a partition again and again while it is read. */
    private IntConsumer meanwhile = partition -> {};

    /** Partitions of the given sizes in offsets; about one offset in five holds no record. */
    SimulatedTopic(long seed, int... sizes) {
        this(seed, false, sizes);
    }

    /** Likewise; about one record in six has a value that is no JSON. */
    static SimulatedTopic withStrays(long seed, int... sizes) {
        return new SimulatedTopic(seed, true, sizes);
    }

    private SimulatedTopic(long seed, boolean strays, int... sizes) {
        Random random = new Random(seed);
        for (int partition = 0; partition < sizes.length; partition++) {
            long start = random.nextInt(1000);
            NavigableMap<Long, RecordView> records = new TreeMap<>();
            for (long offset = start; offset < start + sizes[partition]; offset++) {
                if (random.nextInt(5) > 0) {
                    records.put(offset, record(partition, offset, random, strays));
                }
            }
            partitions.add(records);
            ranges.add(new OffsetRange(start, start + sizes[partition]));
        }
    }

    /** Partitions whose records have these values, without gaps. */
    static SimulatedTopic ofValues(List<List<byte[]>> values) {
        SimulatedTopic topic = new SimulatedTopic(0);
        for (int partition = 0; partition < values.size(); partition++) {
            long start = 100L * partition;
            NavigableMap<Long, RecordView> records = new TreeMap<>();
            for (byte[] value : values.get(partition)) {
                long offset = start + records.size();
                records.put(
                        offset,
                        new ReusableRecord()
                                .begin(NAME, partition, offset, 1_700_000_000_000L + offset, TimestampType.CREATE_TIME)
                                .key(text("key-" + offset % 5))
                                .value(value)
                                .view());
            }
            topic.partitions.add(records);
            topic.ranges.add(new OffsetRange(start, start + records.size()));
        }
        return topic;
    }

    private static RecordView record(int partition, long offset, Random random, boolean strays) {
        byte[] key = random.nextInt(4) == 0 ? null : text("key-" + random.nextInt(50));
        byte[] value = random.nextInt(8) == 0 ? null : text("{\"n\":" + random.nextInt() + "}");
        if (strays && random.nextInt(6) == 0) {
            value = text("stray " + random.nextInt());
        }
        return new ReusableRecord()
                .begin(NAME, partition, offset, 1_700_000_000_000L + random.nextInt(100_000), TimestampType.CREATE_TIME)
                .key(key)
                .value(value)
                .header(text("h"), text("v" + random.nextInt(3)))
                .view();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Extent extent() {
        Map<Integer, OffsetRange> extent = new TreeMap<>();
        for (int partition = 0; partition < ranges.size(); partition++) {
            extent.put(partition, ranges.get(partition));
        }
        return new Extent("cluster", NAME, new Uuid(1, 2), IsolationLevel.READ_COMMITTED, extent);
    }

    long recordCount() {
        return partitions.stream().mapToLong(Map::size).sum();
    }

    /** The records whose values are no JSON, as {@code partition-offset}. */
    Set<String> strays() {
        Set<String> strays = new TreeSet<>();
        for (Map<Long, RecordView> records : partitions) {
            records.values().stream()
                    .filter(record ->
                            record.value() != null && !record.value().toText().startsWith("{"))
                    .forEach(record -> strays.add(record.partition() + "-" + record.offset()));
        }
        return strays;
    }

    /** Removes every second record, as the cleaner does with keys that were overwritten. */
    void compact() {
        for (NavigableMap<Long, RecordView> records : partitions) {
            records.keySet().removeIf(offset -> offset % 2 == 0);
        }
    }

    /** Moves a partition's log start forward, as retention does. */
    void expire(int partition, long newLogStart) {
        partitions.get(partition).headMap(newLogStart).clear();
        logStarts.put(partition, newLogStart);
    }

    /** Moves the log start of partitions that are read forward, now and then, by a few offsets. */
    void expireAtRandom(SplittableRandom random) {
        meanwhile = partition -> {
            if (random.nextInt(25) == 0) {
                long end = ranges.get(partition).end();
                expire(partition, Math.min(end, logStart(partition) + 1 + random.nextInt(6)));
            }
        };
    }

    long logStart(int partition) {
        return logStarts.getOrDefault(partition, ranges.get(partition).start());
    }

    SourceLog log() {
        return new SourceLog() {
            @Override
            public void validate(Extent extent) {}

            @Override
            public void close() {}
        };
    }

    SliceReader reader() {
        return new SliceReader() {
            @Override
            public void read(Slice slice, RecordHandler handler) throws IOException {
                int partition = slice.partition();
                long end = slice.range().end();
                long position = slice.range().start();
                while (position < end) {
                    meanwhile.accept(partition);
                    if (logStart(partition) > position) {
                        long goneUntil = Math.min(logStart(partition), end);
                        throw new DataLossException(position, goneUntil, slice + " is gone", null);
                    }
                    long polled = Math.min(end, position + POLL);
                    for (RecordView record : List.copyOf(
                            partitions.get(partition).subMap(position, polled).values())) {
                        meanwhile.accept(partition);
                        handler.handle(record);
                    }
                    position = polled;
                }
            }

            @Override
            public void stop() {}

            @Override
            public void close() {}
        };
    }
}
