package io.pagewalk.internal.payload;

import java.util.Random;

/** Writes random valid JSON texts: any white space, any escapes, any characters. */
final class RandomJson {
    private static final String[] SPACES = {"", "", "", " ", "\n", "\r\n", "\t", "  \n  "};
    private static final String[] NUMBERS = {
        "0", "-0", "1", "-12", "3.25", "0.0", "1e9", "1E+9", "2.5e-30", "123456789012345678901234567890", "1e999"
    };
    private static final String[] PARTS = {
        "a",
        "id",
        "customer-name",
        "  ",
        "é",
        "€",
        "\u2028",
        "\uD83D\uDE00",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0000",
        "\\ud83d\\ude00",
        "\\uD7ff",
        "{",
        "]",
        ",",
        ":",
        "\u007F",
        "0123456789abcdef"
    };

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private RandomJson(Random random) {
        this.random = random;
    }

    static String text(Random random) {
        RandomJson json = new RandomJson(random);
        json.space();
        json.value(random.nextInt(6));
        json.space();
        return json.text.toString();
    }

    private void value(int depth) {
        switch (random.nextInt(depth == 0 ? 3 : 6)) {
            case 0 -> text.append(pick("true", "false", "null"));
            case 1 -> text.append(pick(NUMBERS));
            case 2 -> string();
            case 3 -> array(depth - 1);
            default -> object(depth - 1);
        }
    }

    private void array(int depth) {
        text.append('[');
        space();
        for (int left = random.nextInt(5); left > 0; left--) {
            value(depth);
            space();
            separator(left);
        }
        text.append(']');
    }

    private void object(int depth) {
        text.append('{');
        space();
        for (int left = random.nextInt(5); left > 0; left--) {
            string();
            space();
            text.append(':');
            space();
            value(depth);
            space();
            separator(left);
        }
        text.append('}');
    }

    private void separator(int left) {
        if (left > 1) {
            text.append(',');
            space();
        }
    }

    private void string() {
        text.append('"');
        for (int left = random.nextInt(6); left > 0; left--) {
            text.append(pick(PARTS));
        }
        text.append('"');
    }

    private void space() {
        text.append(pick(SPACES));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
