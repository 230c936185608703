package io.pagewalk.internal.sink.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.payload.PayloadFormat;
import java.util.Random;

/** Draws payloads of a format: from none to many bytes, some of them again and again. */
final class Payloads {
    /** Letters of one to four bytes, and what text forms have to escape. */
    private static final int[] LETTERS = {'a', 'B', '7', ' ', '"', '\\', '\n', '\t', 'é', 'ß', '\u0130', '中', 0x1F600};

    private static final String[] JSON = {"null", "true", "-1.5e-7", "\"\"", "{}", "[]", "\"\\u0000\\ud83d\\ude00\""};

    private final Random random;
    private final int longest;

    Payloads(Random random, int longest) {
        this.random = random;
        this.longest = longest;
    }

    byte[] draw(PayloadFormat format) {
        return random.nextInt(3) == 0 ? common(format) : sized(format, random.nextInt(longest + 1));
    }

    /** One of few, as shared by many records. */
    private byte[] common(PayloadFormat format) {
        int which = random.nextInt(JSON.length);
        return switch (format.form()) {
            case BYTES -> new byte[which];
            case TEXT -> "x".repeat(which).getBytes(UTF_8);
            case TYPED -> throw new IllegalArgumentException("needs a schema");
            case JSON -> JSON[which].getBytes(UTF_8);
        };
    }

    /** About as many bytes as asked for; of JSON, a few more. */
    byte[] sized(PayloadFormat format, int length) {
        return switch (format.form()) {
            case BYTES -> {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                yield bytes;
            }
            case TEXT -> text(length).getBytes(UTF_8);
            case TYPED -> throw new IllegalArgumentException("needs a schema");
            case JSON ->
                ("{\"id\":" + random.nextInt() + ",\"text\":\"" + text(length).replaceAll("[\"\\\\\n\t]", "/") + "\"}")
                        .getBytes(UTF_8);
        };
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    static byte[] empty(PayloadFormat format) {
        return switch (format.form()) {
            case BYTES, TEXT -> new byte[0];
            case TYPED -> throw new IllegalArgumentException("needs a schema");
            case JSON -> "\"\"".getBytes(UTF_8);
        };
    }
}
