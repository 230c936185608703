package io.pagewalk.cli.demo;

import java.util.HashMap;
import java.util.Map;

/** What was produced, as the broker confirmed it: which record is at which offset, and which offsets were aborted. */
final class Ledger {
    private final Map<Position, Integer> committed = new HashMap<>();
    private final Map<Position, Integer> aborted = new HashMap<>();

    record Position(int partition, long offset) {
        @Override
        public String toString() {
            return "partition " + partition + ", offset " + offset;
        }
    }

    void addCommitted(Map<Position, Integer> records) {
        committed.putAll(records);
    }

    void addAborted(Map<Position, Integer> records) {
        aborted.putAll(records);
    }

    /** The numbers of the records that a reader of committed records must find, and where. */
    Map<Position, Integer> committed() {
        return committed;
    }

    boolean isAborted(Position position) {
        return aborted.containsKey(position);
    }

    int abortedRecords() {
        return aborted.size();
    }

    long committedIn(int partition) {
        return committed.keySet().stream()
                .filter(position -> position.partition() == partition)
                .count();
    }
}
