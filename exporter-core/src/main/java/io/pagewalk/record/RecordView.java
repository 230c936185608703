package io.pagewalk.record;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, as views on bytes that belong to the reader: nothing is copied on the way into a file.
 *
 * <p>It is valid only during the call that hands it over. After that the reader shows its next record in the same object, and may
 * use the arrays behind the views for something else. Whoever keeps a record longer keeps a {@link #copy()}. Confined to the
 * thread of that call; a copy is immutable, and safe for use by any number of threads.
 */
public final class RecordView {
    private static final HeaderView[] NONE = {};
    /** Records with more headers are rare: what showing one takes is not kept for the next one. */
    private static final int MAX_KEPT_HEADERS = 256;

    private String topic = "";
    private int partition;
    private long offset;
    private long timestamp;
    private TimestampType timestampType = TimestampType.NO_TIMESTAMP_TYPE;
    private final ByteView keyBytes = new ByteView();
    private final ByteView valueBytes = new ByteView();
    private boolean hasKey;
    private boolean hasValue;
    private HeaderView[] headers = NONE;
    private int headerCount;
    private long size;
    private boolean kept;

    RecordView() {}

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /** The partition's number. */
    public int partition() {
        return partition;
    }

    /** Where in its partition it is. */
    public long offset() {
        return offset;
    }

    /** Milliseconds since 1970 in UTC; negative before, and -1 where it has {@link TimestampType#NO_TIMESTAMP_TYPE none}. */
    public long timestamp() {
        return timestamp;
    }

    /** Who has set {@link #timestamp()}. */
    public TimestampType timestampType() {
        return timestampType;
    }

    /** Its key; null if that is null, which is not the same as empty. */
    public @Nullable ByteView key() {
        return hasKey ? keyBytes : null;
    }

    /** Its value; null if that is null, as that of a tombstone is, which is not the same as empty. */
    public @Nullable ByteView value() {
        return hasValue ? valueBytes : null;
    }

    /** How many headers it has. */
    public int headerCount() {
        return headerCount;
    }

    /**
     * One of its headers, which stand in the producer's order; keys may repeat.
     *
     * @param index from 0
     */
    public HeaderView header(int index) {
        if (index >= headerCount) {
            throw new IndexOutOfBoundsException("header " + index + " of " + headerCount);
        }
        return headers[index];
    }

    /** The uncompressed bytes of its key, value and headers, which is what sizes and rates count. */
    public long size() {
        return size;
    }

    /** The record with bytes of its own, to be kept; of a copy, the copy itself. */
    public RecordView copy() {
        return kept ? this : copy(Integer.MAX_VALUE);
    }

    /**
     * Likewise, but with no more than the first bytes of its key, its value and the values of its headers. {@link
     * ByteView#fullLength()} tells how long these are. Keys of headers are whole.
     *
     * @param bytes how many of each
     */
    public RecordView preview(int bytes) {
        return copy(bytes);
    }

    private RecordView copy(int most) {
        RecordView copy = new RecordView();
        copy.begin(topic, partition, offset, timestamp, timestampType);
        byte[] bytes = new byte[Math.toIntExact(sizeOfCopy(most))];
        int at = 0;
        if (hasKey) {
            copy.key(bytes, at, Math.min(most, keyBytes.length()));
            at = append(keyBytes, copy.keyBytes);
        }
        if (hasValue) {
            copy.value(bytes, at, Math.min(most, valueBytes.length()));
            at = append(valueBytes, copy.valueBytes);
        }
        copy.headers = headerCount == 0 ? NONE : new HeaderView[headerCount];
        for (int i = 0; i < headerCount; i++) {
            ByteView key = headers[i].key();
            copy.addHeader(bytes, at, key.length());
            at = append(key, copy.headers[i].key());
            ByteView value = headers[i].value();
            if (value != null) {
                copy.lastHeaderValue(bytes, at, Math.min(most, value.length()));
                at = append(value, Objects.requireNonNull(copy.headers[i].value()));
            }
        }
        copy.kept = true;
        return copy;
    }

    private long sizeOfCopy(int most) {
        if (most == Integer.MAX_VALUE) {
            return size;
        }
        long bytes = hasKey ? Math.min(most, keyBytes.length()) : 0;
        bytes += hasValue ? Math.min(most, valueBytes.length()) : 0;
        for (int i = 0; i < headerCount; i++) {
            ByteView value = headers[i].value();
            bytes += headers[i].key().length() + (value == null ? 0 : Math.min(most, value.length()));
        }
        return bytes;
    }

    /** Copies as many bytes as the other view has; where they end in its array. */
    private static int append(ByteView from, ByteView to) {
        System.arraycopy(from.array(), from.offset(), to.array(), to.offset(), to.length());
        to.setFullLength(from.fullLength());
        return to.end();
    }

    void begin(String newTopic, int newPartition, long newOffset, long newTimestamp, TimestampType newTimestampType) {
        topic = newTopic;
        partition = newPartition;
        offset = newOffset;
        timestamp = newTimestamp;
        timestampType = newTimestampType;
        hasKey = false;
        hasValue = false;
        size = 0;
        if (headerCount > 0) {
            forgetHeaders();
        }
    }

    private void forgetHeaders() {
        if (headers.length > MAX_KEPT_HEADERS) {
            headers = NONE;
        } else {
            for (int i = 0; i < headerCount; i++) {
                headers[i].clear();
            }
        }
        headerCount = 0;
    }

    void key(byte[] array, int from, int length) {
        keyBytes.set(array, from, length);
        hasKey = true;
        size += length;
    }

    void value(byte[] array, int from, int length) {
        valueBytes.set(array, from, length);
        hasValue = true;
        size += length;
    }

    void addHeader(byte[] array, int from, int length) {
        if (headerCount == headers.length) {
            headers = Arrays.copyOf(headers, Math.max(4, 2 * headerCount));
        }
        if (headers[headerCount] == null) {
            headers[headerCount] = new HeaderView();
        }
        headers[headerCount++].begin(array, from, length);
        size += length;
    }

    void lastHeaderValue(byte[] array, int from, int length) {
        header(headerCount - 1).value(array, from, length);
        size += length;
    }

    /** Where it is, for messages: {@code orders-3 offset 7}. */
    @Override
    public String toString() {
        return topic + "-" + partition + " offset " + offset;
    }
}
