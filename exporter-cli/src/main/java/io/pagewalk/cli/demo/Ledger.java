package io.pagewalk.cli.demo;

import java.util.HashMap;
import java.util.Map;

/** What was produced, as the broker confirmed it: which order is at which offset, and which offsets were aborted. */
final class Ledger {
    private final Map<Position, Integer> committed = new HashMap<>();
    private final Map<Position, Integer> aborted = new HashMap<>();

    record Position(int partition, long offset) {
        @Override
        public String toString() {
            return "partition " + partition + ", offset " + offset;
        }
    }

    void addCommitted(Map<Position, Integer> orders) {
        committed.putAll(orders);
    }

    void addAborted(Map<Position, Integer> orders) {
        aborted.putAll(orders);
    }

    /** The numbers of the orders that a reader of committed records must find, and where. */
    Map<Position, Integer> committed() {
        return committed;
    }

    boolean isAborted(Position position) {
        return aborted.containsKey(position);
    }

    int abortedOrders() {
        return aborted.size();
    }

    long tombstones() {
        return committed.values().stream()
                .filter(number -> Order.of(number).value() == null)
                .count();
    }

    long committedIn(int partition) {
        return committed.keySet().stream()
                .filter(position -> position.partition() == partition)
                .count();
    }
}
