package io.pagewalk.internal.page;

import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A topic in memory, of which some offsets hold no record; what comes of it when is left to chance. */
final class ModelTopic {
    private final Map<Integer, NavigableMap<Long, RecordView>> partitions = new HashMap<>();

    ModelTopic add(int partition, long offset, long timestamp, int bytes) {
        ReusableRecord record = new ReusableRecord();
        byte[] value = new byte[bytes];
        record.begin("t", partition, offset, timestamp, TimestampType.CREATE_TIME);
        record.value(value, 0, bytes);
        partitions
                .computeIfAbsent(partition, none -> new TreeMap<>())
                .put(offset, record.view().copy());
        return this;
    }

    NavigableMap<Long, RecordView> records(int partition, OffsetRange range) {
        return partitions.getOrDefault(partition, new TreeMap<>()).subMap(range.start(), true, range.end(), false);
    }

    /** The records that are left of a listing, in its order, as the rules say. */
    List<RecordView> left(ListingToken listing) {
        return listing.order() == Order.TIME ? leftByTime(listing.walk()) : leftInRounds(listing.walk());
    }

    private List<RecordView> leftInRounds(PageToken token) {
        record Ranked(long round, int turn, RecordView record) {}
        List<Ranked> all = new ArrayList<>();
        for (int turn = 0; turn < token.partitionCount(); turn++) {
            int index = token.indexInTurn(turn);
            OffsetRange left = token.remaining(index);
            for (RecordView record : records(token.partition(index), left).values()) {
                long round = token.direction() == Direction.ASC
                        ? record.offset() - left.start()
                        : left.end() - 1 - record.offset();
                all.add(new Ranked(round, turn, record));
            }
        }
        all.sort(Comparator.comparingLong(Ranked::round).thenComparingInt(Ranked::turn));
        return all.stream().map(Ranked::record).toList();
    }

    private List<RecordView> leftByTime(PageToken token) {
        List<Deque<RecordView>> partitions = new ArrayList<>();
        for (int i = 0; i < token.partitionCount(); i++) {
            NavigableMap<Long, RecordView> left = records(token.partition(i), token.remaining(i));
            partitions.add(
                    new ArrayDeque<>((token.direction() == Direction.ASC ? left : left.descendingMap()).values()));
        }
        List<RecordView> merged = new ArrayList<>();
        while (true) {
            Deque<RecordView> best = null;
            for (Deque<RecordView> candidate : partitions) {
                if (!candidate.isEmpty() && (best == null || isBefore(candidate, best, token.direction()))) {
                    best = candidate;
                }
            }
            if (best == null) {
                return merged;
            }
            merged.add(best.removeFirst());
        }
    }

    /** Of equals the lower partition was there first. */
    private static boolean isBefore(Deque<RecordView> one, Deque<RecordView> other, Direction direction) {
        long time = one.getFirst().timestamp();
        long otherTime = other.getFirst().timestamp();
        return direction == Direction.ASC ? time < otherTime : time > otherTime;
    }

    /** The records of a listing's page, in its order, as the rules say. */
    List<RecordView> page(ListingToken listing, long maxBytes) {
        List<RecordView> page = new ArrayList<>();
        long bytes = 0;
        for (RecordView record : left(listing)) {
            bytes += record.size();
            if (page.size() == listing.walk().pageSize() || (!page.isEmpty() && bytes > maxBytes)) {
                break;
            }
            page.add(record);
        }
        return page;
    }

    /** A feed that brings some records a poll, of some partitions, and sometimes nothing. */
    final class Feed implements PartitionFeed {
        private final Random random;
        private final PageToken token;
        private final Map<Integer, Long> positions = new HashMap<>();
        private final Set<Integer> flowing = new HashSet<>();
        int polls;
        private final Set<Integer> begun = new HashSet<>();

        Feed(PageToken token, Random random) {
            this.token = token;
            this.random = random;
        }

        @Override
        public void begin(int partition, long offset) {
            positions.put(partition, offset);
            flowing.add(partition);
            begun.add(partition);
        }

        /** How many partitions were asked for. */
        int begun() {
            return begun.size();
        }

        @Override
        public void resume(int partition) {
            flowing.add(partition);
        }

        @Override
        public void hold(int partition) {
            flowing.remove(partition);
        }

        @Override
        public boolean isSilent() {
            return polls == 0;
        }

        @Override
        public long position(int partition) {
            return positions.getOrDefault(partition, -1L);
        }

        @Override
        public void poll(int most, RecordHandler handler) throws IOException {
            polls++;
            for (int i = 0; i < token.partitionCount(); i++) {
                int partition = token.partition(i);
                if (flowing.contains(partition) && random.nextInt(3) > 0) {
                    bring(partition, 1 + random.nextInt((int) Math.min(20L, 2L * most)), handler);
                }
            }
        }

        /** Now and then it stands behind a gap, or in the middle of one, without a record. */
        private void bring(int partition, int most, RecordHandler handler) throws IOException {
            long position = position(partition);
            OffsetRange rest = new OffsetRange(position, Long.MAX_VALUE);
            int left = most;
            for (RecordView record : records(partition, rest).values()) {
                if (left-- == 0) {
                    return;
                }
                if (record.offset() > position + 1 && random.nextInt(4) == 0) {
                    positions.put(partition, position + 1 + random.nextLong(record.offset() - position));
                    return;
                }
                handler.handle(record);
                position = record.offset() + 1;
                positions.put(partition, position);
            }
            positions.put(partition, Long.MAX_VALUE);
        }

        @Override
        public void close() {}
    }
}
