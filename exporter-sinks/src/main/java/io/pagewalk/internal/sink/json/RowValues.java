package io.pagewalk.internal.sink.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.ScalarKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Writes the values of typed columns as JSON. Confined to one thread. */
public final class RowValues {
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NAN = "\"NaN\"".getBytes(US_ASCII);
    private static final byte[] INFINITY = "\"Infinity\"".getBytes(US_ASCII);
    private static final byte[] MINUS_INFINITY = "\"-Infinity\"".getBytes(US_ASCII);
    private static final byte[] ZERO = "0.0".getBytes(US_ASCII);
    private static final byte[] MINUS_ZERO = "-0.0".getBytes(US_ASCII);
    private static final byte[] QUOTE = "\"".getBytes(US_ASCII);
    private static final int LONGEST = 48;
    /** Numbers from 0.001 to 10,000,000 have no exponent, as in Java. */
    private static final int LEAST_PLAIN = -2;

    private static final int MOST_PLAIN = 7;

    private final JsonWriter json;
    private final ShortestDecimal shortest = new ShortestDecimal();
    private final byte[] text = new byte[LONGEST];
    private int length;

    RowValues(JsonWriter json) {
        this.json = json;
    }

    /** Writes a value as the key of an object. */
    void key(ColumnType.Scalar type, RowEvents events, int event) throws IOException {
        boolean quoted = isText(type, events, event);
        if (!quoted) {
            json.raw(QUOTE);
        }
        value(type, events, event);
        if (!quoted) {
            json.raw(QUOTE);
        }
    }

    private static boolean isText(ColumnType.Scalar type, RowEvents events, int event) {
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64 -> false;
            case FLOAT -> !Float.isFinite(Float.intBitsToFloat((int) events.number(event)));
            case DOUBLE -> !Double.isFinite(Double.longBitsToDouble(events.number(event)));
            default -> true;
        };
    }

    void value(ColumnType.Scalar type, RowEvents events, int event) throws IOException {
        switch (type.kind()) {
            case BOOLEAN -> json.raw(events.number(event) == 0 ? FALSE : TRUE);
            case INT32, INT64 -> json.number(events.number(event));
            case FLOAT -> float32((int) events.number(event));
            case DOUBLE -> float64(events.number(event));
            case DECIMAL -> decimal(type, events, event);
            case DATE -> {
                quoteText();
                date(events.number(event));
                endText();
            }
            case TIMESTAMP_MILLIS,
                    TIMESTAMP_MICROS,
                    TIMESTAMP_NANOS,
                    LOCAL_TIMESTAMP_MILLIS,
                    LOCAL_TIMESTAMP_MICROS,
                    LOCAL_TIMESTAMP_NANOS -> timestamp(type.kind(), events.number(event));
            case STRING -> json.string(events.array(event), events.offset(event), end(events, event));
            case JSON -> json.rawWithoutLineBreaks(events.array(event), events.offset(event), end(events, event));
            case BYTES, FIXED -> json.base64(events.array(event), events.offset(event), end(events, event));
        }
    }

    private static int end(RowEvents events, int event) {
        return events.offset(event) + events.length(event);
    }

    private void float32(int bits) throws IOException {
        float value = Float.intBitsToFloat(bits);
        if (special(value)) {
            return;
        }
        shortest.takeFloat(bits);
        floating(bits < 0);
    }

    private void float64(long bits) throws IOException {
        double value = Double.longBitsToDouble(bits);
        if (special(value)) {
            return;
        }
        shortest.takeDouble(bits);
        floating(bits < 0);
    }

    private boolean special(double value) throws IOException {
        if (value == 0) {
            json.raw(1 / value < 0 ? MINUS_ZERO : ZERO);
        } else if (Double.isNaN(value)) {
            json.raw(NAN);
        } else if (Double.isInfinite(value)) {
            json.raw(value < 0 ? MINUS_INFINITY : INFINITY);
        } else {
            return false;
        }
        return true;
    }

    /** As {@link Double#toString} lays it out. */
    private void floating(boolean negative) throws IOException {
        length = 0;
        if (negative) {
            text[length++] = '-';
        }
        long digits = shortest.digits();
        int count = digitsOf(digits);
        int point = count + shortest.exponent();
        boolean plain = point > LEAST_PLAIN - 1 && point <= MOST_PLAIN;
        int before = plain ? point : 1;
        if (before <= 0) {
            text[length++] = '0';
            text[length++] = '.';
            zeros(-before);
            number(digits, count);
        } else if (before >= count) {
            number(digits, count);
            zeros(before - count);
            text[length++] = '.';
            text[length++] = '0';
        } else {
            number(digits, count);
            System.arraycopy(text, length - count + before, text, length - count + before + 1, count - before);
            text[length - count + before] = '.';
            length++;
        }
        if (!plain) {
            text[length++] = 'E';
            int exponent = point - 1;
            if (exponent < 0) {
                text[length++] = '-';
            }
            number(Math.abs(exponent), digitsOf(Math.abs(exponent)));
        }
        json.raw(text, 0, length);
    }

    private void zeros(int count) {
        Arrays.fill(text, length, length + count, (byte) '0');
        length += count;
    }

    private static int digitsOf(long number) {
        int count = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            count++;
        }
        return count;
    }

    /** Appends a number that is not positive or not negative, without its sign, and with zeros before it. */
    private void number(long value, int digits) {
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            text[i] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        length += digits;
    }

    private void decimal(ColumnType.Scalar type, RowEvents events, int event) throws IOException {
        if (!type.isNumber()) {
            BigInteger unscaled = new BigInteger(events.array(event), events.offset(event), events.length(event));
            byte[] plain =
                    new BigDecimal(unscaled, type.scale()).toPlainString().getBytes(US_ASCII);
            json.raw(QUOTE);
            json.raw(plain);
            json.raw(QUOTE);
            return;
        }
        long unscaled = events.number(event);
        quoteText();
        if (unscaled < 0) {
            text[length++] = '-';
        }
        int digits = Math.max(digitsOf(unscaled), type.scale() + 1);
        number(unscaled, digits);
        if (type.scale() > 0) {
            int point = length - type.scale();
            System.arraycopy(text, point, text, point + 1, type.scale());
            text[point] = '.';
            length++;
        }
        endText();
    }

    private void quoteText() {
        length = 0;
        text[length++] = '"';
    }

    private void endText() throws IOException {
        text[length++] = '"';
        json.raw(text, 0, length);
    }

    /** Whether a timestamp is an instant, and not a time of wherever that is. */
    /** Whether a time is one of UTC, else a local one. */
    public static boolean isUtc(ScalarKind kind) {
        return kind == ScalarKind.TIMESTAMP_MILLIS
                || kind == ScalarKind.TIMESTAMP_MICROS
                || kind == ScalarKind.TIMESTAMP_NANOS;
    }

    private void timestamp(ScalarKind kind, long value) throws IOException {
        int digits = switch (kind) {
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> 3;
            case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS -> 6;
            default -> 9;
        };
        long perSecond = switch (digits) {
            case 3 -> 1000L;
            case 6 -> 1_000_000L;
            default -> 1_000_000_000L;
        };
        boolean utc = isUtc(kind);
        long seconds = Math.floorDiv(value, perSecond);
        long days = Math.floorDiv(seconds, 86_400L);
        int second = (int) Math.floorMod(seconds, 86_400L);
        quoteText();
        date(days);
        text[length++] = 'T';
        number(second / 3600, 2);
        text[length++] = ':';
        number(second / 60 % 60, 2);
        text[length++] = ':';
        number(second % 60, 2);
        text[length++] = '.';
        number(Math.floorMod(value, perSecond), digits);
        if (utc) {
            text[length++] = 'Z';
        }
        endText();
    }

    /** Appends a date, in the calendar that has always been in use: 400 years, which begin in March, have as many days as the next 400. */
    private void date(long epochDay) {
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long day = shifted - era * 146_097;
        long yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        long dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        long year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
        if (year < 0 || year > 9999) {
            text[length++] = (byte) (year < 0 ? '-' : '+');
        }
        number(year, Math.max(4, digitsOf(year)));
        text[length++] = '-';
        number(month < 10 ? month + 3 : month - 9, 2);
        text[length++] = '-';
        number(dayOfMonth, 2);
    }
}
