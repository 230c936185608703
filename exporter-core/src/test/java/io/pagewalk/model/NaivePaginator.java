package io.pagewalk.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The rule of the paginator, word for word and without a thought for speed: what the real one is compared with. */
final class NaivePaginator {
    private final PageToken token;
    private final Map<Integer, OffsetRange> remaining = new HashMap<>();
    private final List<Slice> slices = new ArrayList<>();
    private long room;

    NaivePaginator(PageToken token) {
        this.token = token;
        this.room = token.pageSize();
        for (int i = 0; i < token.partitionCount(); i++) {
            remaining.put(token.partition(i), token.remaining(i));
        }
    }

    List<Slice> slices() {
        boolean again = true;
        while (again) {
            again = grantRound();
        }
        return slices;
    }

    /** What is left behind the page, once {@link #slices} has been called. */
    OffsetRange remaining(int partition) {
        return remaining.get(partition);
    }

    private boolean grantRound() {
        List<Integer> mostLeftFirst = remaining.keySet().stream()
                .filter(partition -> !remaining.get(partition).isEmpty())
                .sorted(Comparator.comparing(
                                (Integer partition) -> -remaining.get(partition).size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (int partition : mostLeftFirst) {
            OffsetRange left = remaining.get(partition);
            boolean ascending = token.direction() == Direction.ASC;
            OffsetRange granted = ascending ? left.first(token.sliceSize()) : left.last(token.sliceSize());
            if (granted.size() > room) {
                return false;
            }
            room -= granted.size();
            slices.add(new Slice(new TopicPartition(token.topic(), partition), granted));
            remaining.put(
                    partition,
                    ascending
                            ? new OffsetRange(granted.end(), left.end())
                            : new OffsetRange(left.start(), granted.start()));
        }
        return !mostLeftFirst.isEmpty();
    }
}
