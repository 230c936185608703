package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The records of all benchmarks: orders as JSON objects. Record number n is the same wherever and whenever it is made. Confined
 * to one thread.
 */
public final class SampleRecords {
    /** The bytes of every value, as plain ASCII. */
    public static final int VALUE_BYTES = 420;

    private static final long FIRST_TIMESTAMP = 1_767_225_600_000L;

    private static final String[] STATES = {"created", "paid", "packed", "shipped", "delivered", "returned"};
    private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF", "JPY"};
    private static final String[] WORDS = {
        "please", "leave", "the", "parcel", "with", "neighbour", "ring", "twice", "gift", "wrap", "fragile", "handle",
        "before", "noon", "invoice", "separate", "address", "second", "floor", "door", "call", "ahead", "no",
                "signature"
    };

    private final StringBuilder text = new StringBuilder(VALUE_BYTES);

    /** The key of a record: one of a tenth as many customers. */
    public byte[] key(long number) {
        return ("customer-" + number / 10).getBytes(US_ASCII);
    }

    /** Milliseconds since the epoch, ascending with the number. */
    public long timestamp(long number) {
        return FIRST_TIMESTAMP + number;
    }

    /** The value of a record: {@link #VALUE_BYTES} bytes of JSON on one line. */
    public byte[] value(long number) {
        SplittableRandom random = new SplittableRandom(number);
        text.setLength(0);
        text.append("{\"id\":").append(number);
        text.append(",\"customer\":\"customer-").append(number / 10);
        text.append("\",\"state\":\"").append(STATES[random.nextInt(STATES.length)]);
        text.append("\",\"trace\":\"").append(hex(random.nextLong())).append(hex(random.nextLong()));
        text.append("\",\"total\":");
        amount(random.nextInt(100_000));
        text.append(",\"currency\":\"").append(CURRENCIES[random.nextInt(CURRENCIES.length)]);
        text.append("\",\"express\":").append(random.nextBoolean()).append(",\"coupon\":null,\"items\":[");
        item(random);
        text.append(',');
        item(random);
        text.append("],\"note\":\"");
        while (text.length() < VALUE_BYTES - 2) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        text.setLength(VALUE_BYTES - 2);
        return text.append("\"}").toString().getBytes(US_ASCII);
    }

    private void item(SplittableRandom random) {
        text.append("{\"sku\":\"SKU-").append(random.nextInt(10_000, 100_000));
        text.append("\",\"quantity\":").append(random.nextInt(1, 9)).append(",\"price\":");
        amount(random.nextInt(10_000));
        text.append('}');
    }

    private void amount(int cents) {
        text.append(cents / 100).append('.').append(cents / 10 % 10).append(cents % 10);
    }

    private static String hex(long bits) {
        String digits = Long.toHexString(bits).toLowerCase(Locale.ROOT);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
