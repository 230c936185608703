package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.payload.KeptHeaders;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedPart;
import io.pagewalk.payload.TypedRow;
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
 * Payloads are as the file format keeps them; typed ones as {@link RowDigest} has them. Confined to one thread.
 */
final class RecordDigest {
    private static final int NULL = -1;
    /** Instead of the length of a schema's id. */
    private static final int UNREADABLE = -2;

    private final BiFunction<ByteView, PayloadFormat, ByteView> canonical;
    private final PayloadFormats payloads;
    private final @Nullable TypedPart typedKey;
    private final @Nullable TypedPart typedValue;
    private final @Nullable RowDigest keyRows;
    private final @Nullable RowDigest valueRows;
    private final KeptHeaders keptHeaders;
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
        this.keptHeaders = new KeptHeaders(payloads);
        this.typedKey = TypedPart.ofKey(payloads);
        this.typedValue = TypedPart.ofValue(payloads);
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        this.keyRows = rows(typedKey);
        this.valueRows = rows(typedValue);
    }

    private @Nullable RowDigest rows(@Nullable TypedPart part) {
        return part == null ? null : new RowDigest(part.layout(), canonical, sha256::update);
    }

    /** Of a record of the topic. */
    Digest of(RecordView record) {
        return of(record, null, null, keptHeaders.of(record));
    }

    /** Of a record of a file, with the rows that {@link FileFormat.RowHandler} has. */
    Digest of(RecordView record, @Nullable TypedRow key, @Nullable TypedRow value) {
        return of(record, key, value, record);
    }

    private Digest of(RecordView record, @Nullable TypedRow key, @Nullable TypedRow value, RecordView headers) {
        numbers.clear()
                .putInt(record.partition())
                .putLong(record.offset())
                .putLong(record.timestamp())
                .putInt(record.timestampType().id());
        sha256.update(numbers.flip());
        if (keyRows == null || typedKey == null) {
            payload(record.key(), payloads.key());
        } else {
            row(record, key, typedKey, keyRows);
        }
        if (valueRows == null || typedValue == null) {
            payload(record.value(), payloads.value());
        } else {
            row(record, value, typedValue, valueRows);
        }
        for (int i = 0; i < headers.headerCount(); i++) {
            HeaderView header = headers.header(i);
            bytes(header.key());
            payload(header.value(), payloads.header());
        }
        return Digest.firstOf(sha256.digest());
    }

    private void row(RecordView record, @Nullable TypedRow read, TypedPart part, RowDigest rows) {
        if (read != null) {
            rows.add(read);
            return;
        }
        try {
            part.read(record);
        } catch (BadRecordException e) {
            // No file has such a record, so it must not look like one that a file has.
            length(UNREADABLE);
            return;
        }
        rows.add(part.row());
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
