package io.pagewalk.benchmark.macro.kafka;

import io.pagewalk.benchmark.SampleRecords;

/**
 * A topic to copy.
 *
 * @param records how many records it holds, the same number in every partition, give or take one
 * @param partitions how many partitions it has
 */
public record Topic(long records, int partitions) {
    /** Its name, which says what it is. */
    public String name() {
        return "orders-" + records + "-" + partitions;
    }

    /** The bytes of all values. */
    public long valueBytes() {
        return records * SampleRecords.VALUE_BYTES;
    }
}
