package io.pagewalk.record;

import org.jspecify.annotations.Nullable;

/**
 * Shows one record after the other in the same {@link RecordView}, for readers and decoders: {@link #begin}, then what the record
 * has, then {@link #view()}. What is not set of a record is null, or absent. Copies nothing, and creates no objects but for a record
 * that has more headers than those before. Confined to one thread.
 */
public final class ReusableRecord {
    private final RecordView view = new RecordView();

    /** Begins the next record; the one before is valid no more. */
    public ReusableRecord begin(String topic, int partition, long offset, long timestamp, TimestampType timestampType) {
        view.begin(topic, partition, offset, timestamp, timestampType);
        return this;
    }

    /** The key is all of an array, or null. */
    public ReusableRecord key(byte @Nullable [] key) {
        return key == null ? this : key(key, 0, key.length);
    }

    /** The key is a part of an array. */
    public ReusableRecord key(byte[] array, int offset, int length) {
        view.key(array, offset, length);
        return this;
    }

    /** The value is all of an array, or null. */
    public ReusableRecord value(byte @Nullable [] value) {
        return value == null ? this : value(value, 0, value.length);
    }

    /** The value is a part of an array. */
    public ReusableRecord value(byte[] array, int offset, int length) {
        view.value(array, offset, length);
        return this;
    }

    /**
     * Adds a header.
     *
     * @param key UTF-8 without a fault
     * @param value all of it, or null
     */
    public ReusableRecord header(byte[] key, byte @Nullable [] value) {
        header(key, 0, key.length);
        return value == null ? this : headerValue(value, 0, value.length);
    }

    /** Adds a header whose key, UTF-8 without a fault, is a part of an array, and whose value is null unless it is set next. */
    public ReusableRecord header(byte[] array, int offset, int length) {
        view.addHeader(array, offset, length);
        return this;
    }

    /** The value of the header that was added last is a part of an array. */
    public ReusableRecord headerValue(byte[] array, int offset, int length) {
        view.lastHeaderValue(array, offset, length);
        return this;
    }

    /** The record, which is the same object each time. */
    public RecordView view() {
        return view;
    }
}
