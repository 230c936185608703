package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.SplittableRandom;

/** Orders of one length in plain ASCII, without headers and nulls: what is easy on everyone. */
final class PlainRecords implements SampleRecords {
    /** The bytes of every value. */
    static final int VALUE_BYTES = 420;

    private static final String[] STATES = {"created", "paid", "packed", "shipped", "delivered", "returned"};
    private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF", "JPY"};
    private static final String[] WORDS = {
        "please", "leave", "the", "parcel", "with", "neighbour", "ring", "twice", "gift", "wrap", "fragile", "handle",
        "before", "noon", "invoice", "separate", "address", "second", "floor", "door", "call", "ahead", "no",
                "signature"
    };

    private final StringBuilder text = new StringBuilder(VALUE_BYTES);

    /** One of a tenth as many customers. */
    @Override
    public byte[] key(long number) {
        return ("customer-" + number / 10).getBytes(US_ASCII);
    }

    @Override
    public List<SampleHeader> headers(long number) {
        return List.of();
    }

    @Override
    public byte[] value(long number) {
        SplittableRandom random = new SplittableRandom(number);
        text.setLength(0);
        text.append("{\"id\":").append(number);
        text.append(",\"customer\":\"customer-").append(number / 10);
        text.append("\",\"state\":\"").append(STATES[random.nextInt(STATES.length)]);
        text.append("\",\"trace\":\"");
        SampleText.hex(text, random.nextLong());
        SampleText.hex(text, random.nextLong());
        text.append("\",\"total\":");
        SampleText.amount(text, random.nextInt(100_000));
        text.append(",\"currency\":\"").append(CURRENCIES[random.nextInt(CURRENCIES.length)]);
        text.append("\",\"express\":").append(random.nextBoolean()).append(",\"coupon\":null,\"items\":[");
        SampleText.item(text, random);
        text.append(',');
        SampleText.item(text, random);
        text.append("],\"note\":\"");
        while (text.length() < VALUE_BYTES - 2) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        text.setLength(VALUE_BYTES - 2);
        return text.append("\"}").toString().getBytes(US_ASCII);
    }
}
