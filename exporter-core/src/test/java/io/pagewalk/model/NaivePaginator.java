package io.pagewalk.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The rule of the paginator, word for word and without a thought for speed: what the real one is compared with. */
final class NaivePaginator {
    private final PageToken token;
    private final Map<Integer, OffsetRange> remaining = new HashMap<>();
    /** Who has something left, whose turn it is first. */
    private final Deque<Integer> queue = new ArrayDeque<>();

    NaivePaginator(PageToken token) {
        this.token = token;
        for (int i = 0; i < token.partitionCount(); i++) {
            int index = (token.turn() + i) % token.partitionCount();
            remaining.put(token.partition(index), token.remaining(index));
            if (!token.remaining(index).isEmpty()) {
                queue.add(token.partition(index));
            }
        }
    }

    List<Slice> slices() {
        List<Slice> slices = new ArrayList<>();
        long room = token.pageSize();
        boolean ascending = token.direction() == Direction.ASC;
        while (!queue.isEmpty()) {
            int partition = queue.element();
            OffsetRange left = remaining.get(partition);
            OffsetRange granted = ascending ? left.first(token.sliceSize()) : left.last(token.sliceSize());
            if (granted.size() > room) {
                return slices;
            }
            room -= granted.size();
            slices.add(new Slice(new TopicPartition(token.topic(), partition), granted));
            OffsetRange rest = ascending
                    ? new OffsetRange(granted.end(), left.end())
                    : new OffsetRange(left.start(), granted.start());
            remaining.put(partition, rest);
            queue.remove();
            if (!rest.isEmpty()) {
                queue.add(partition);
            }
        }
        return slices;
    }

    /** What is left behind the page, once {@link #slices} has been called. */
    OffsetRange remaining(int partition) {
        return remaining.get(partition);
    }
}
