package io.pagewalk.payload;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.record.ByteView;
import org.jspecify.annotations.Nullable;

/**
 * Decides what {@code auto} stands for, from sampled payloads of one kind (keys, values, or header values). Keeps none of
 * them. Confined to one thread.
 */
public final class FormatDetector {
    private boolean seen;
    private boolean json = true;
    private boolean text = true;

    /** What one payload alone is taken for. */
    static PayloadFormat of(ByteView payload) {
        if (isContainer(payload) && PayloadFormat.JSON.accepts(payload)) {
            return PayloadFormat.JSON;
        }
        return isText(payload) ? PayloadFormat.STRING : PayloadFormat.BYTES;
    }

    /** Takes a payload into account; null payloads tell nothing. */
    public void sample(@Nullable ByteView payload) {
        if (payload == null) {
            return;
        }
        seen = true;
        json = json && isContainer(payload) && PayloadFormat.JSON.accepts(payload);
        text = text && isText(payload);
    }

    /**
     * {@link PayloadFormat#JSON} if every payload is a JSON object or array; else {@link PayloadFormat#STRING} if every one is
     * UTF-8 without control characters other than tab, line feed and carriage return; else, or if there was none,
     * {@link PayloadFormat#BYTES}. A lone JSON number, string or literal is taken for text: it looks the same by chance.
     */
    public PayloadFormat format() {
        if (!seen) {
            return PayloadFormat.BYTES;
        }
        if (json) {
            return PayloadFormat.JSON;
        }
        return text ? PayloadFormat.STRING : PayloadFormat.BYTES;
    }

    private static boolean isContainer(ByteView payload) {
        int first = JsonScanner.firstOfValue(payload.array(), payload.offset(), payload.end());
        return first == '{' || first == '[';
    }

    private static boolean isText(ByteView payload) {
        byte[] bytes = payload.array();
        int end = payload.end();
        for (int at = payload.offset(); at < end; at++) {
            int c = bytes[at] & 0xFF;
            boolean c0 = c < ' ' && c != '\t' && c != '\n' && c != '\r';
            boolean c1 = c == 0xC2 && at + 1 < end && (bytes[at + 1] & 0xFF) < 0xA0;
            if (c0 || c1 || c == 0x7F) {
                return false;
            }
        }
        return PayloadFormat.STRING.accepts(payload);
    }
}
