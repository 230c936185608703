package io.pagewalk.kafka;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Caps the bytes that one poll turns into records. A few kilobytes of well-compressed batches can hold gigabytes, and
 * {@code max.poll.records} does not know sizes.
 *
 * <p>A consumer that meets a failing deserializer returns the records it has, keeps its position at the failing one, and
 * tries that again on the next poll. So failing once the budget is spent ends a poll early and loses nothing; it never
 * happens on a poll's first record. Confined to the consumer's thread.
 */
final class PollBudget {
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
    private long spent;
    private boolean inRecord;

    PollBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Called before every poll. */
    void renew() {
        spent = 0;
        inRecord = false;
    }

    /** The bytes of keys, values and headers that this poll has turned into records so far. */
    long spent() {
        return spent;
    }

    Deserializer<byte[]> keyDeserializer() {
        return new Counting(true);
    }

    Deserializer<byte[]> valueDeserializer() {
        return new Counting(false);
    }

    private final class Counting implements Deserializer<byte[]> {
        private final boolean key;

        Counting(boolean key) {
            this.key = key;
        }

        /** Called for what is not null; a record's value follows its key, which has let the record pass. */
        @Override
        public byte @Nullable [] deserialize(String topic, Headers headers, byte @Nullable [] data) {
            if ((key || !inRecord) && spent >= bytes) {
                throw new Spent();
            }
            if (key || !inRecord) {
                for (Header header : headers) {
                    spent += header.key().length() + (header.value() == null ? 0 : header.value().length);
                }
            }
            inRecord = key;
            return deserialize(topic, data);
        }

        @Override
        public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
            if (data != null) {
                spent += data.length;
            }
            return data;
        }
    }
}
