package io.pagewalk.internal.consumer;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Counts and caps the bytes that one poll turns into records. A few kilobytes of well-compressed batches can hold gigabytes, and
 * {@code max.poll.records} does not know sizes.
 *
 * <p>A consumer that meets a failing deserializer returns the records it has, keeps its position at the failing one, and
 * tries that again on the next poll. So failing once the budget is spent ends a poll early and loses nothing; it never
 * happens on a poll's first record.
 *
 * <p>A record whose key and value are both null asks no deserializer, however large its headers are. It is counted after the
 * poll, by {@link #polled}; that too many bytes came so can only be told for the next poll. Confined to the consumer's thread.
 */
public final class PollBudget {
    /** Without a stack trace: it is thrown at most once a poll, but on the hot path. */
    private static final class Spent extends SerializationException {
        private static final long serialVersionUID = 1L;

        Spent() {
            super("poll budget is spent");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private final long bytes;
    private int records = Integer.MAX_VALUE;
    private long spent;
    private int seen;
    /** Of the record that is being made; each has its own. */
    private @Nullable Headers current;

    public PollBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Called before every poll. */
    public void renew() {
        records = Integer.MAX_VALUE;
        spent = 0;
        seen = 0;
        current = null;
    }

    /** Likewise, for a poll that shall bring no more than so many records. */
    void renew(int mostRecords) {
        renew();
        records = Math.max(1, mostRecords);
    }

    /**
     * Called after every poll, with what it brought.
     *
     * @return how many records a poll may bring at most, if all are like these; {@code Integer.MAX_VALUE} if the budget was kept
     */
    public int polled(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        if (seen >= records.size()) {
            return Integer.MAX_VALUE;
        }
        long unseen = 0;
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
            if (record.key() == null && record.value() == null) {
                unseen += sizeOf(record.headers());
            }
        }
        spent += unseen;
        if (unseen <= bytes) {
            return Integer.MAX_VALUE;
        }
        return (int) Math.max(1, (long) ((double) records.size() * bytes / spent));
    }

    /** The uncompressed bytes of a record's key, value and headers, as {@code RecordView.size} counts them. */
    public static long sizeOf(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        return Math.max(0, record.serializedKeySize())
                + (long) Math.max(0, record.serializedValueSize())
                + sizeOf(record.headers());
    }

    private static long sizeOf(Headers headers) {
        long size = 0;
        for (Header header : headers.toArray()) {
            byte[] value = header.value();
            size += header.key().length() + (value == null ? 0 : value.length);
        }
        return size;
    }

    /** The bytes of keys, values and headers that this poll has turned into records so far. */
    long spent() {
        return spent;
    }

    /** For keys and values, which stay where the consumer has them: nothing is copied. */
    public Deserializer<ByteBuffer> deserializer() {
        return new Counting();
    }

    private final class Counting implements Deserializer<ByteBuffer> {
        /** Called for what is not null; a record's value follows its key, which has let the record pass. */
        @Override
        public @Nullable ByteBuffer deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
            if (headers != current) {
                if (spent >= bytes || seen >= records) {
                    throw new Spent();
                }
                current = headers;
                seen++;
                spent += sizeOf(headers);
            }
            if (data != null) {
                spent += data.remaining();
            }
            return data;
        }

        /** The consumer does not call it: it has buffers, and hands over headers. */
        @Override
        public ByteBuffer deserialize(String topic, byte[] data) {
            throw new UnsupportedOperationException("a poll's budget counts buffers");
        }
    }
}
