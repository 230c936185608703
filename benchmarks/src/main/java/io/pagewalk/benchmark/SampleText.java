package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;

/** Pieces of JSON, and texts that are files. */
final class SampleText {
    private SampleText() {}

    /** An object of an order's item. */
    static void item(StringBuilder text, SplittableRandom random) {
        text.append("{\"sku\":\"SKU-").append(random.nextInt(10_000, 100_000));
        text.append("\",\"quantity\":").append(random.nextInt(1, 9)).append(",\"price\":");
        amount(text, random.nextInt(10_000));
        text.append('}');
    }

    /** A number with two decimals. */
    static void amount(StringBuilder text, int cents) {
        text.append(cents / 100).append('.').append(cents / 10 % 10).append(cents % 10);
    }

    /** A resource of this package. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SampleText.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 16 digits. */
    static void hex(StringBuilder text, long bits) {
        text.append(HexFormat.of().toHexDigits(bits));
    }
}
