package io.pagewalk.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Headers of records as files keep them. Those that say which schema a payload is of may hold any bytes, and nobody chose them: where
 * headers are kept as text or as JSON, they are there in base64. All others stay as they are. Whoever writes or compares records has
 * one, and asks it before anything else looks at the headers' values. Confined to one thread.
 */
public final class KeptHeaders {
    private final boolean asText;
    private final boolean inQuotes;
    private final @Nullable TypedFormat key;
    private final @Nullable TypedFormat value;
    private final ReusableRecord kept = new ReusableRecord();

    /** Of an export with these formats. */
    public KeptHeaders(PayloadFormats formats) {
        key = formats.key().typed();
        value = formats.value().typed();
        inQuotes = formats.header().form() == PayloadFormat.Form.JSON;
        asText = formats.areTyped() && (inQuotes || formats.header().form() == PayloadFormat.Form.TEXT);
    }

    /** The record with its headers as files keep them; mostly the record itself, else valid until the next call, and as long as that is. */
    public RecordView of(RecordView record) {
        if (asText) {
            for (int i = 0; i < record.headerCount(); i++) {
                if (isFrame(record.header(i))) {
                    return copy(record);
                }
            }
        }
        return record;
    }

    private boolean isFrame(HeaderView header) {
        return header.value() != null
                && ((value != null && value.isFrame(header.key())) || (key != null && key.isFrame(header.key())));
    }

    private RecordView copy(RecordView record) {
        kept.begin(record.topic(), record.partition(), record.offset(), record.timestamp(), record.timestampType());
        ByteView keyBytes = record.key();
        if (keyBytes != null) {
            kept.key(keyBytes.array(), keyBytes.offset(), keyBytes.length());
        }
        ByteView valueBytes = record.value();
        if (valueBytes != null) {
            kept.value(valueBytes.array(), valueBytes.offset(), valueBytes.length());
        }
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            ByteView name = header.key();
            kept.header(name.array(), name.offset(), name.length());
            ByteView bytes = header.value();
            if (bytes != null && isFrame(header)) {
                byte[] text = text(bytes);
                kept.headerValue(text, 0, text.length);
            } else if (bytes != null) {
                kept.headerValue(bytes.array(), bytes.offset(), bytes.length());
            }
        }
        return kept.view();
    }

    private byte[] text(ByteView bytes) {
        String base64 = Base64.getEncoder().encodeToString(bytes.toBytes());
        return (inQuotes ? '"' + base64 + '"' : base64).getBytes(US_ASCII);
    }
}
