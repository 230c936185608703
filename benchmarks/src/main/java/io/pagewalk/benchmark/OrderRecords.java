package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Orders as shops write them: JSON of {@link #LEAST_BYTES} to {@link #MOST_BYTES} bytes, with escapes and with text that is not
 * ASCII. Every third record has two headers, one of whose values is null; one key of 17 and one value of 101 is null.
 */
final class OrderRecords implements SampleRecords {
    static final int LEAST_BYTES = 150;
    static final int MOST_BYTES = 350;

    private static final String[] STATES = {"created", "paid", "packed", "shipped", "delivered", "returned"};
    private static final String[] NAMES = {
        "Ada Jensen",
        "Zoë Müller",
        "Liam Byrne",
        "Łucja Dąbrowska",
        "Renée O\\u2019Neill",
        "山田 花子",
        "Omar Haddad",
        "Søren Bjørk",
        "Grace Obi",
        "Мария Орлова",
        "Ana \\\"Nita\\\" Souza",
        "Tom Baker"
    };
    /** A sixth is escaped, a sixth is not ASCII. */
    private static final String[] WORDS = {
        "please", "leave", "the", "parcel", "with", "neighbour", "ring", "twice", "gift", "wrap", "fragile", "handle",
        "before", "noon", "invoice", "separate", "second", "floor", "door", "call", "café", "Straße", "2 €", "北門",
        "📦", "\\\"thanks\\\"", "cr\\u00e8me", "\\n", "c\\/o", "A\\\\B"
    };

    private static final int[] WORD_BYTES = bytes(WORDS);
    /** The longest word and its blank, by which a note may miss the length that was drawn. */
    private static final int SLACK = 12;

    private static final byte[] SOURCE = "shop".getBytes(US_ASCII);

    private final StringBuilder text = new StringBuilder(MOST_BYTES);

    /** One of a tenth as many customers. */
    @Override
    public byte @Nullable [] key(long number) {
        return number % 17 == 16 ? null : ("customer-" + number / 10).getBytes(US_ASCII);
    }

    @Override
    public List<SampleHeader> headers(long number) {
        return number % 3 == 0
                ? List.of(new SampleHeader("source", SOURCE), new SampleHeader("retry-of", null))
                : List.of();
    }

    @Override
    public byte @Nullable [] value(long number) {
        if (number % 101 == 100) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(number);
        text.setLength(0);
        text.append("{\"id\":").append(number);
        String name = NAMES[random.nextInt(NAMES.length)];
        text.append(",\"customer\":\"").append(name);
        text.append("\",\"state\":\"").append(STATES[random.nextInt(STATES.length)]);
        text.append("\",\"trace\":\"");
        SampleText.hex(text, random.nextLong());
        text.append("\",\"total\":");
        SampleText.amount(text, random.nextInt(100_000));
        text.append(",\"express\":").append(random.nextBoolean()).append(",\"coupon\":null,\"items\":[");
        for (int items = random.nextInt(3); items > 0; items--) {
            SampleText.item(text, random);
            text.append(items == 1 ? "" : ",");
        }
        text.append("],\"note\":\"");
        int bytes = text.length() - name.length() + name.getBytes(UTF_8).length + 2;
        note(random, random.nextInt(LEAST_BYTES + SLACK, MOST_BYTES + 1) - bytes);
        return text.append("\"}").toString().getBytes(UTF_8);
    }

    private void note(SplittableRandom random, int room) {
        int left = room;
        while (true) {
            int word = random.nextInt(WORDS.length);
            left -= WORD_BYTES[word] + 1;
            if (left < 0) {
                return;
            }
            text.append(WORDS[word]).append(' ');
        }
    }

    private static int[] bytes(String[] words) {
        int[] bytes = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(UTF_8).length;
        }
        return bytes;
    }
}
