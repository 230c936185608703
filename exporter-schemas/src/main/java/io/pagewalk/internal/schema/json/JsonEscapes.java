package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.walk.ByteText;

/** Strings of valid JSON texts, without their escapes. */
final class JsonEscapes {
    private JsonEscapes() {}

    /** Adds what the content of a string means, in UTF-8. */
    static void resolve(byte[] source, int from, int to, ByteText into) throws BadPayloadException {
        int at = from;
        while (at < to) {
            int plain = JsonScanner.nextEscape(source, at, to);
            into.add(source, at, plain);
            at = plain;
            if (at < to) {
                byte c = source[at + 1];
                at += 2;
                switch (c) {
                    case 'n' -> into.add('\n');
                    case 't' -> into.add('\t');
                    case 'r' -> into.add('\r');
                    case 'b' -> into.add('\b');
                    case 'f' -> into.add('\f');
                    case 'u' -> at = unicode(source, at, into);
                    default -> into.add(c);
                }
            }
        }
    }

    private static int unicode(byte[] source, int at, ByteText into) throws BadPayloadException {
        int unit = unit(source, at);
        if (unit < 0x80) {
            into.add(unit);
        } else if (unit < 0x800) {
            into.add(0xC0 | (unit >> 6));
            into.add(0x80 | (unit & 0x3F));
        } else if (!Character.isSurrogate((char) unit)) {
            into.add(0xE0 | (unit >> 12));
            into.add(0x80 | ((unit >> 6) & 0x3F));
            into.add(0x80 | (unit & 0x3F));
        } else {
            // The scanner takes whole pairs only.
            int point = Character.toCodePoint((char) unit, (char) unit(source, at + 6));
            into.add(0xF0 | (point >> 18));
            into.add(0x80 | ((point >> 12) & 0x3F));
            into.add(0x80 | ((point >> 6) & 0x3F));
            into.add(0x80 | (point & 0x3F));
            return at + 10;
        }
        return at + 4;
    }

    private static int unit(byte[] source, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = (unit << 4) | Character.digit(source[i], 16);
        }
        return unit;
    }
}
