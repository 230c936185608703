package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.internal.sink.json.RowValues;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout.Place;
import io.pagewalk.row.ScalarKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Base64;

/** Reads the values of typed columns back from lines. The counterpart of {@link RowValues}. */
final class ScalarParser {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LineReader line;
    private final RowEvents events;

    ScalarParser(LineReader line, RowEvents events) {
        this.line = line;
        this.events = events;
    }

    /** @param key whether it is the key of an object, where all is text */
    void read(ColumnType.Scalar type, Place place, int repetition, boolean key) throws IOException {
        int leaf = place.firstLeaf();
        int definition = place.definition();
        try {
            if (type.isNumber()) {
                String text = key || line.isAtString() ? new String(line.string(), US_ASCII) : line.token();
                events.number(leaf, repetition, definition, number(type, text));
            } else {
                byte[] bytes = bytes(type);
                events.made(leaf, repetition, definition, bytes, 0, bytes.length);
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            line.check(false);
        }
    }

    private static long number(ColumnType.Scalar type, String text) {
        return switch (type.kind()) {
            case BOOLEAN ->
                switch (text) {
                    case "true" -> 1;
                    case "false" -> 0;
                    default -> throw new IllegalArgumentException(text);
                };
            case INT32 -> Integer.parseInt(text);
            case INT64 -> Long.parseLong(text);
            case FLOAT -> Float.floatToRawIntBits(Float.parseFloat(text));
            case DOUBLE -> Double.doubleToRawLongBits(Double.parseDouble(text));
            case DECIMAL -> unscaled(text, type.scale()).longValueExact();
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> timestamp(type.kind(), text, 1000);
            case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS -> timestamp(type.kind(), text, 1_000_000);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> timestamp(type.kind(), text, NANOS_PER_SECOND);
            case STRING, JSON, BYTES, FIXED -> throw new IllegalArgumentException(text);
        };
    }

    private static BigInteger unscaled(String text, int scale) {
        return new BigDecimal(text).setScale(scale).unscaledValue();
    }

    private static long timestamp(ScalarKind kind, String text, long perSecond) {
        boolean utc = RowValues.isUtc(kind);
        if (text.endsWith("Z") != utc) {
            throw new IllegalArgumentException(text);
        }
        LocalDateTime time = LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text);
        long seconds = time.toEpochSecond(ZoneOffset.UTC);
        long fraction = time.get(ChronoField.NANO_OF_SECOND) / (NANOS_PER_SECOND / perSecond);
        // The least of all numbers has more seconds than fit, and less than none of a fraction.
        return seconds < 0 && fraction > 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, perSecond), fraction - perSecond)
                : Math.addExact(Math.multiplyExact(seconds, perSecond), fraction);
    }

    private byte[] bytes(ColumnType.Scalar type) throws IOException {
        return switch (type.kind()) {
            case STRING -> line.string();
            case JSON -> line.value();
            case BYTES -> Base64.getDecoder().decode(line.string());
            case FIXED -> {
                byte[] bytes = Base64.getDecoder().decode(line.string());
                line.check(bytes.length == type.precision());
                yield bytes;
            }
            case DECIMAL ->
                unscaled(new String(line.string(), US_ASCII), type.scale()).toByteArray();
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
