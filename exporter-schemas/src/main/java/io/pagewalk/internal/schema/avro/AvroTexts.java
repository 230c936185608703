package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.BadPayloadException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Values that become text. */
final class AvroTexts {
    /** How many bytes the longest time of day has. */
    static final int TIME_LENGTH = 15;
    /** How many bytes a UUID has as text. */
    static final int UUID_LENGTH = 36;

    private static final int SHORT_TIME_LENGTH = 12;
    private static final int MOST_DECIMAL_BYTES = 1_000;
    private static final int MOST_ZEROS = 1_000;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final int SIXTY = 60;
    private static final String DIGITS = "0123456789abcdef";

    private AvroTexts() {}

    /**
     * A time of day, with the digits of its unit.
     *
     * @param millis whether it is milliseconds; else microseconds
     * @return its length, or -1 if the day has no such time
     */
    static int time(long value, boolean millis, byte[] into) {
        long perSecond = millis ? 1_000 : 1_000_000;
        if (value < 0 || value >= SECONDS_OF_DAY * perSecond) {
            return -1;
        }
        int seconds = (int) (value / perSecond);
        two(seconds / SIXTY / SIXTY, into, 0);
        into[2] = ':';
        two(seconds / SIXTY % SIXTY, into, 3);
        into[5] = ':';
        two(seconds % SIXTY, into, 6);
        into[8] = '.';
        int length = millis ? SHORT_TIME_LENGTH : TIME_LENGTH;
        int rest = (int) (value % perSecond);
        for (int at = length - 1; at > 8; at--) {
            into[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return length;
    }

    private static void two(int value, byte[] into, int at) {
        into[at] = (byte) ('0' + value / 10);
        into[at + 1] = (byte) ('0' + value % 10);
    }

    /** A UUID of 16 bytes. */
    static void uuid(byte[] array, int offset, byte[] into) {
        int at = 0;
        for (int index = 0; index < 16; index++) {
            if (index == 4 || index == 6 || index == 8 || index == 10) {
                into[at++] = '-';
            }
            into[at++] = (byte) DIGITS.charAt(array[offset + index] >> 4 & 0xF);
            into[at++] = (byte) DIGITS.charAt(array[offset + index] & 0xF);
        }
    }

    /** A decimal that has its scale with it: an array's part that holds the unscaled value's length, the value and the scale. */
    static byte[] bigDecimal(byte[] array, int offset, int length) throws BadPayloadException {
        AvroInput in = new AvroInput();
        in.begin(array, offset, length);
        int bytes = in.length();
        int first = in.take(bytes);
        int scale = in.readInt();
        in.finish();
        return decimal(array, first, bytes, scale);
    }

    /** A decimal as text. */
    static byte[] decimal(byte[] array, int offset, int length, int scale) throws BadPayloadException {
        if (length == 0 || length > MOST_DECIMAL_BYTES) {
            throw new BadPayloadException("decimal has no digits, or too many");
        }
        BigDecimal decimal = new BigDecimal(new BigInteger(array, offset, length), scale);
        String text = Math.abs((long) scale) > MOST_ZEROS ? decimal.toString() : decimal.toPlainString();
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
