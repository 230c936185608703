package io.pagewalk.internal.page;

import io.pagewalk.model.Direction;
import io.pagewalk.record.RecordView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Puts the records of a page into the order in which it shows them: again and again the next one of the partition whose next one has the least
 * timestamp, or the greatest in a descending walk; of the lower partition among equals. They are not sorted, so those of a partition stay in
 * the order of the walk.
 */
final class Merge {
    private final SortedMap<Integer, Deque<RecordView>> partitions = new TreeMap<>();
    private final Comparator<Deque<RecordView>> order;

    private Merge(Direction direction) {
        this.order = byTime(direction, Deque::getFirst);
    }

    /** Who comes first is the one whose next record is the oldest, or the newest in a descending walk; of the lower partition among equals. */
    static <T> Comparator<T> byTime(Direction direction, Function<T, RecordView> next) {
        Comparator<T> byTime =
                Comparator.comparingLong(whose -> next.apply(whose).timestamp());
        return (direction == Direction.ASC ? byTime : byTime.reversed())
                .thenComparingInt(whose -> next.apply(whose).partition());
    }

    /** Of records of which those of a partition come in the order of the walk. */
    static List<RecordView> merged(Direction direction, List<RecordView> records) {
        Merge merge = new Merge(direction);
        records.forEach(merge::add);
        return merge.records();
    }

    private void add(RecordView record) {
        partitions
                .computeIfAbsent(record.partition(), partition -> new ArrayDeque<>())
                .addLast(record);
    }

    private List<RecordView> records() {
        PriorityQueue<Deque<RecordView>> heads = new PriorityQueue<>(order);
        heads.addAll(partitions.values());
        List<RecordView> merged = new ArrayList<>();
        for (Deque<RecordView> head = heads.poll(); head != null; head = heads.poll()) {
            merged.add(head.removeFirst());
            if (!head.isEmpty()) {
                heads.add(head);
            }
        }
        return merged;
    }
}
