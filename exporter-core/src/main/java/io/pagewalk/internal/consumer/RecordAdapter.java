package io.pagewalk.internal.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Shows the consumer's records as views, one after the other in the same object. The consumer makes texts of header keys; the
 * records of a topic mostly have the same keys in the same order, so the bytes of the last one at each place are kept.
 * Confined to one thread.
 */
public final class RecordAdapter {
    /** What a topic with many headers, or long keys, may take here is bounded. */
    private static final int KEPT_KEYS = 64;

    private static final int MAX_KEPT_LENGTH = 256;

    private final ReusableRecord reused = new ReusableRecord();
    private final String[] keys = new String[KEPT_KEYS];
    private final byte[][] keyBytes = new byte[KEPT_KEYS][];

    /** The record, until the next call. */
    public RecordView view(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        reused.begin(record.topic(), record.partition(), record.offset(), record.timestamp(), timestampType(record));
        ByteBuffer key = record.key();
        if (key != null) {
            if (key.hasArray()) {
                reused.key(key.array(), key.arrayOffset() + key.position(), key.remaining());
            } else {
                reused.key(copy(key));
            }
        }
        ByteBuffer value = record.value();
        if (value != null) {
            if (value.hasArray()) {
                reused.value(value.array(), value.arrayOffset() + value.position(), value.remaining());
            } else {
                reused.value(copy(value));
            }
        }
        Header[] headers = record.headers().toArray();
        for (int i = 0; i < headers.length; i++) {
            reused.header(keyBytes(headers[i].key(), i), headers[i].value());
        }
        return reused.view();
    }

    /** The consumer promises no buffers with arrays, though those that it makes today have one. */
    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }

    private byte[] keyBytes(String key, int place) {
        if (place >= KEPT_KEYS || key.length() > MAX_KEPT_LENGTH) {
            return key.getBytes(UTF_8);
        }
        if (!key.equals(keys[place])) {
            keys[place] = key;
            keyBytes[place] = key.getBytes(UTF_8);
        }
        return keyBytes[place];
    }

    private static TimestampType timestampType(ConsumerRecord<?, ?> record) {
        return switch (record.timestampType()) {
            case CREATE_TIME -> TimestampType.CREATE_TIME;
            case LOG_APPEND_TIME -> TimestampType.LOG_APPEND_TIME;
            case NO_TIMESTAMP_TYPE -> TimestampType.NO_TIMESTAMP_TYPE;
        };
    }
}
