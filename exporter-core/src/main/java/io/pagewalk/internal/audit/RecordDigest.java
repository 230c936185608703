package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileFormat;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The digest of one record: the first 16 bytes of the SHA-256 over its partition, offset, timestamp, timestamp type, key,
 * value and headers, in that order; numbers big-endian, texts and payloads behind their length, null as the length -1.
 * Payloads are as the file format keeps them. Confined to one thread.
 */
final class RecordDigest {
    private static final int NULL = -1;

    private final BiFunction<ByteView, PayloadFormat, ByteView> canonical;
    private final PayloadFormats payloads;
    private final MessageDigest sha256;
    private final ByteBuffer numbers = ByteBuffer.allocate(4 + 8 + 8 + 4);
    private final ByteBuffer length = ByteBuffer.allocate(4);

    RecordDigest(FileFormat format, PayloadFormats payloads) {
        this(format::canonical, payloads);
    }

    /** One that takes payloads as they are. */
    static RecordDigest ofRaw() {
        PayloadFormats bytes = new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.BYTES, PayloadFormat.BYTES);
        return new RecordDigest((payload, format) -> payload, bytes);
    }

    private RecordDigest(BiFunction<ByteView, PayloadFormat, ByteView> canonical, PayloadFormats payloads) {
        this.canonical = canonical;
        this.payloads = payloads;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Digest of(RecordView record) {
        numbers.clear()
                .putInt(record.partition())
                .putLong(record.offset())
                .putLong(record.timestamp())
                .putInt(record.timestampType().id());
        sha256.update(numbers.flip());
        payload(record.key(), payloads.key());
        payload(record.value(), payloads.value());
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            bytes(header.key());
            payload(header.value(), payloads.header());
        }
        return Digest.firstOf(sha256.digest());
    }

    private void payload(@Nullable ByteView payload, PayloadFormat payloadFormat) {
        if (payload == null) {
            length(NULL);
        } else {
            bytes(canonical.apply(payload, payloadFormat));
        }
    }

    private void bytes(ByteView bytes) {
        length(bytes.length());
        sha256.update(bytes.array(), bytes.offset(), bytes.length());
    }

    private void length(int value) {
        sha256.update(length.clear().putInt(value).flip());
    }
}
