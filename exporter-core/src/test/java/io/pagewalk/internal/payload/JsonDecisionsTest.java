package io.pagewalk.internal.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares with {@link ReferenceJson}: texts in all styles, whole and damaged, amid bytes that could be taken for more of them. */
class JsonDecisionsTest {
    private static final Pattern STRING_OR_SPACE = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"[:,]?|[:,])|\\s+");
    private static final int[] DEPTHS = {0, 1, 2, 5, 61, 62, 63, 64, 65, 123, 124, 125, 127, 128, 129, 511, 512};
    private static final String[] TAILS = {
        "",
        "0",
        "e1",
        ".5",
        "}",
        "]",
        "}]}]",
        "\"",
        "\":1}",
        "\\\"",
        "l",
        "e",
        "ue,1]",
        " ",
        "\n",
        ",",
        ",\"a\":1}",
        "\u00A9"
    };
    private static final byte[][] DAMAGES = damages(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "0",
            "9",
            "1.5",
            "-",
            "+",
            ".",
            "e",
            "E",
            "u",
            "\\u",
            "\\ud83d",
            "\\udE00",
            "null",
            "true",
            "false",
            "n",
            " ",
            "  ",
            "\n",
            "\t",
            "\0",
            "\u001F",
            "\u007F",
            "!",
            "#",
            "[\\]",
            "12345678",
            "abcdefgh",
            "\u0080",
            "\u00BF",
            "\u00C2",
            "\u00C3\u00A9",
            "\u00E2\u0082",
            "\u00ED\u00A0\u0080",
            "\u00F0\u009F\u0098\u0080",
            "\u00FF");

    @Test
    void agreeWithTheReference() {
        compare(20261129, 60_000);
    }

    static void compare(long seed, int rounds) {
        Random random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] text = text(random).getBytes(UTF_8);
            int maxDepth = random.nextInt(4) == 0 ? pick(DEPTHS, random) : JsonScanner.MAX_DEPTH;
            for (int damages = random.nextInt(4); damages > 1; damages--) {
                text = damaged(text, random);
            }
            byte[] head = random.nextInt(3) == 0 ? new byte[0] : text(random).getBytes(UTF_8);
            byte[] tail = (pick(TAILS, random) + (random.nextBoolean() ? text(random) : "")).getBytes(ISO_8859_1);
            byte[] array = concat(head, text, tail);
            int to = head.length + text.length;

            int expected = ReferenceJson.lineBreaks(text, maxDepth);
            int actual = JsonScanner.lineBreaks(array, head.length, to, maxDepth);

            accepted += expected == JsonScanner.INVALID ? 0 : 1;
            if (actual != expected) {
                assertThat(actual)
                        .as("seed %d round %d depth %d: %s", seed, round, maxDepth, new String(text, ISO_8859_1))
                        .isEqualTo(expected);
            }
        }
        assertThat(accepted).as("accepted").isBetween(rounds / 5, rounds * 4 / 5);
    }

    private static String text(Random random) {
        String text = RandomJson.text(random);
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> text = STRING_OR_SPACE.matcher(text).replaceAll("$1 ").strip();
            default -> text = STRING_OR_SPACE.matcher(text).replaceAll("$1");
        }
        return random.nextInt(8) == 0 ? nested(text, pick(DEPTHS, random) + random.nextInt(3), random) : text;
    }

    private static String nested(String innermost, int depth, Random random) {
        StringBuilder begin = new StringBuilder();
        StringBuilder end = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            boolean object = random.nextBoolean();
            begin.append(object ? "{\"n\":" : "[");
            end.append(object ? '}' : ']');
        }
        return begin + innermost + end.reverse();
    }

    private static byte[] damaged(byte[] text, Random random) {
        int from = random.nextInt(text.length + 1);
        int to = Math.min(text.length, from + random.nextInt(random.nextBoolean() ? 2 : 12));
        byte[] instead = random.nextInt(4) == 0 ? new byte[0] : DAMAGES[random.nextInt(DAMAGES.length)];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, from);
        out.writeBytes(instead);
        out.write(text, to, text.length - to);
        return out.toByteArray();
    }

    private static byte[][] damages(String... bytes) {
        byte[][] damages = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            damages[i] = bytes[i].getBytes(ISO_8859_1);
        }
        return damages;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static int pick(int[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    private static String pick(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }
}
