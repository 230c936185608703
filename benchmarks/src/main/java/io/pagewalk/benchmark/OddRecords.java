package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What repays no shortcut: keys of several hundred bytes, JSON that is up to {@link #MOST_DEPTH} deep, and up to
 * {@link #MOST_HEADERS} headers whose names no other record has.
 */
final class OddRecords implements SampleRecords {
    static final int LEAST_KEY_BYTES = 200;
    static final int MOST_KEY_BYTES = 600;
    static final int MOST_HEADERS = 4;
    /** Not more than common readers take. */
    static final int MOST_DEPTH = 100;

    private final StringBuilder text = new StringBuilder(1000);

    /** A path of random names. */
    @Override
    public byte[] key(long number) {
        SplittableRandom random = new SplittableRandom(~number);
        int length = random.nextInt(LEAST_KEY_BYTES, MOST_KEY_BYTES + 1);
        text.setLength(0);
        while (text.length() < length) {
            text.append("tenant/region/");
            SampleText.hex(text, random.nextLong());
            text.append('/');
        }
        text.setLength(length);
        return text.toString().getBytes(US_ASCII);
    }

    @Override
    public List<SampleHeader> headers(long number) {
        SplittableRandom random = new SplittableRandom(number ^ Long.MIN_VALUE);
        List<SampleHeader> headers = new ArrayList<>();
        for (int left = random.nextInt(1, MOST_HEADERS + 1); left > 0; left--) {
            byte[] value = new byte[random.nextInt(65)];
            random.nextBytes(value);
            headers.add(new SampleHeader("x-" + Long.toUnsignedString(random.nextLong(), 36), value));
        }
        return headers;
    }

    /** Arrays in objects in arrays, around an item, with something beside each. */
    @Override
    public byte[] value(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int levels = random.nextInt(10, MOST_DEPTH);
        text.setLength(0);
        for (int level = 0; level < levels; level++) {
            text.append(isObject(level) ? "{\"n" + random.nextInt(10) + "\":" : "[" + random.nextInt(1000) + ",");
        }
        SampleText.item(text, random);
        for (int level = levels - 1; level >= 0; level--) {
            text.append(isObject(level) ? '}' : ']');
        }
        return text.toString().getBytes(US_ASCII);
    }

    private static boolean isObject(int level) {
        return level % 2 == 0;
    }
}
