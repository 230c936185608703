package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Resolves what strings of a JSON text escape. */
final class Escapes {
    private Escapes() {}

    /**
     * The text in UTF-8.
     *
     * @param raw what stands between the quotes of a string in a valid JSON text
     */
    static byte[] resolve(byte[] raw) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(raw.length);
        int at = 0;
        while (at < raw.length) {
            if (raw[at] != '\\') {
                text.write(raw[at++]);
            } else if (raw[at + 1] == 'u') {
                char unit = unit(raw, at + 2);
                at += 6;
                if (Character.isHighSurrogate(unit)) {
                    text.writeBytes(new String(new char[] {unit, unit(raw, at + 2)}).getBytes(UTF_8));
                    at += 6;
                } else {
                    text.writeBytes(String.valueOf(unit).getBytes(UTF_8));
                }
            } else {
                text.write(shorthand(raw[at + 1]));
                at += 2;
            }
        }
        return text.toByteArray();
    }

    private static char unit(byte[] raw, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit << 4 | Character.digit(raw[i], 16);
        }
        return (char) unit;
    }

    private static int shorthand(byte c) {
        return switch (c) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
