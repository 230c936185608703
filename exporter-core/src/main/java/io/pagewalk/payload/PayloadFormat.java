package io.pagewalk.payload;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.payload.Utf8;
import io.pagewalk.record.ByteView;
import java.util.Locale;

/** What a key, a value or a header value is taken for. */
public enum PayloadFormat {
    /** Any bytes; nothing contradicts it. */
    BYTES,
    /** UTF-8 text. */
    STRING,
    /** One JSON text (RFC 8259) in UTF-8, within the bounds of {@link JsonScanner}. */
    JSON;

    /** Whether {@code payload} is of this format. */
    public boolean accepts(ByteView payload) {
        return switch (this) {
            case BYTES -> true;
            case STRING -> Utf8.isValid(payload.array(), payload.offset(), payload.end());
            case JSON -> JsonScanner.isValid(payload.array(), payload.offset(), payload.end());
        };
    }

    /** The name as options write it: {@code bytes}, {@code string}, {@code json}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
