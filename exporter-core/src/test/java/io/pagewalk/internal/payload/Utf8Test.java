package io.pagewalk.internal.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(256);

    @Test
    void agreesWithTheDecoderOnEverySequenceOfUpToThreeBytes() {
        for (int length = 0; length <= 3; length++) {
            byte[] text = new byte[length];
            for (int sequence = 0; sequence < 1 << (8 * length); sequence++) {
                for (int i = 0; i < length; i++) {
                    text[i] = (byte) (sequence >>> (8 * i));
                }
                if (Utf8.isValid(text) != decodes(text)) {
                    assertThat(Utf8.isValid(text))
                            .as(HexFormat.of().formatHex(text))
                            .isEqualTo(decodes(text));
                }
            }
        }
    }

    @Test
    void agreesWithTheDecoderOnFourByteSequencesAroundEveryBoundary() {
        int[] leads = {0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
        int[] others = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int lead : leads) {
            for (int second : others) {
                for (int third : others) {
                    for (int fourth : others) {
                        byte[] text = {(byte) lead, (byte) second, (byte) third, (byte) fourth};
                        assertThat(Utf8.isValid(text))
                                .as(HexFormat.of().formatHex(text))
                                .isEqualTo(decodes(text));
                    }
                }
            }
        }
    }

    @Test
    void agreesWithTheDecoderOnDamagedTexts() {
        long seed = 20260117;
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] text = randomText(random).getBytes(UTF_8);
            if (text.length > 0 && random.nextInt(3) > 0) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                text = Arrays.copyOf(text, random.nextInt(text.length + 1));
            }

            boolean isValid = Utf8.isValid(text);

            valid += isValid ? 1 : 0;
            if (isValid != decodes(text)) {
                assertThat(isValid)
                        .as("seed %d, %s", seed, HexFormat.of().formatHex(text))
                        .isEqualTo(decodes(text));
            }
        }
        assertThat(valid).isBetween(50_000, 150_000);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "c3a9, true",
        "e282ac, true",
        "f09f9880, true",
        "f48fbfbf, true",
        "efbbbf, true",
        "c080, false",
        "c1bf, false",
        "e09fbf, false",
        "f08fbfbf, false",
        "eda080, false",
        "edbfbf, false",
        "f4908080, false",
        "f8888080, false",
        "80, false",
        "c3, false",
        "e282, false",
        "f09f98, false",
        "ff, false",
    })
    void knowsTheEdgesOfUtf8(String hex, boolean valid) {
        byte[] sequence = HexFormat.of().parseHex(hex);
        byte[] amidAscii = ("0123456" + new String(sequence, UTF_8) + "0123456789").getBytes(UTF_8);

        assertThat(Utf8.isValid(sequence)).isEqualTo(valid);
        assertThat(Utf8.isValid(amidAscii)).isTrue();
    }

    @Test
    void findsADamagedByteAtAnyDistance() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] text = "x".repeat(length).getBytes(US_ASCII);
                text[at] = (byte) 0xC3;

                assertThat(Utf8.isValid(text)).as("%d of %d", at, length).isFalse();
            }
        }
    }

    private boolean decodes(byte[] text) {
        decoder.reset();
        decoded.clear();
        return !decoder.decode(ByteBuffer.wrap(text), decoded, true).isError();
    }

    private static String randomText(Random random) {
        int[] bounds = {0x80, 0x80, 0x80, 0x800, 0x10000, 0x110000};
        int[] codePoints = random.ints(random.nextInt(30), 0, bounds.length)
                .map(i -> random.nextInt(bounds[i]))
                .filter(codePoint -> codePoint < 0xD800 || codePoint > 0xDFFF)
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }
}
