package io.pagewalk.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.record.ByteView;
import org.junit.jupiter.api.Test;

class FormatDetectorTest {
    @Test
    void takesObjectsAndArraysForJson() {
        assertThat(detect("{\"a\":1}", " [1]\n", "{}")).isEqualTo(PayloadFormat.JSON);
    }

    @Test
    void takesLoneScalarsForText() {
        assertThat(detect("123")).isEqualTo(PayloadFormat.STRING);
        assertThat(detect("\"x\"")).isEqualTo(PayloadFormat.STRING);
        assertThat(detect("null")).isEqualTo(PayloadFormat.STRING);
        assertThat(detect("{}", "123")).isEqualTo(PayloadFormat.STRING);
    }

    @Test
    void takesDamagedJsonForText() {
        assertThat(detect("{\"a\":1}", "{\"a\":1")).isEqualTo(PayloadFormat.STRING);
    }

    @Test
    void takesTextWithLineBreaksAndTabsForText() {
        assertThat(detect("Größe\t€\r\n😀", "")).isEqualTo(PayloadFormat.STRING);
    }

    @Test
    void takesControlCharactersForBytes() {
        for (String control :
                new String[] {"\0", "\u0001", "\b", "\f", "\u001B", "\u001F", "\u007F", "\u0080", "\u009F"}) {
            assertThat(detect("a" + control + "b"))
                    .as("%x", (int) control.charAt(0))
                    .isEqualTo(PayloadFormat.BYTES);
        }
        assertThat(detect("a\u00A0b")).isEqualTo(PayloadFormat.STRING);
    }

    @Test
    void takesWhatIsNotUtf8ForBytes() {
        FormatDetector detector = new FormatDetector();
        detector.sample(ByteView.of("text".getBytes(UTF_8)));
        detector.sample(ByteView.of("\u00E9".getBytes(ISO_8859_1)));

        assertThat(detector.format()).isEqualTo(PayloadFormat.BYTES);
    }

    @Test
    void doesNotLetAnySampleOutvoteAnother() {
        assertThat(detect("\0", "{}", "{}")).isEqualTo(PayloadFormat.BYTES);
        assertThat(detect("{}", "x", "{}")).isEqualTo(PayloadFormat.STRING);
    }

    @Test
    void ignoresNulls() {
        assertThat(detect(null, "{}", null)).isEqualTo(PayloadFormat.JSON);
    }

    @Test
    void takesNothingForBytes() {
        assertThat(detect()).isEqualTo(PayloadFormat.BYTES);
        assertThat(detect((String) null)).isEqualTo(PayloadFormat.BYTES);
    }

    @Test
    void looksAtThePartOfAnArrayThatIsThePayload() {
        byte[] array = "\0{\"a\":1}\u00C2\u0080".getBytes(ISO_8859_1);
        FormatDetector json = new FormatDetector();
        json.sample(ByteView.of(array, 1, 7));
        FormatDetector text = new FormatDetector();
        text.sample(ByteView.of(array, 2, 5));
        FormatDetector bytes = new FormatDetector();
        bytes.sample(ByteView.of(array, 0, 8));

        assertThat(json.format()).isEqualTo(PayloadFormat.JSON);
        assertThat(text.format()).isEqualTo(PayloadFormat.STRING);
        assertThat(bytes.format()).isEqualTo(PayloadFormat.BYTES);
    }

    private static PayloadFormat detect(String... samples) {
        FormatDetector detector = new FormatDetector();
        for (String sample : samples) {
            detector.sample(sample == null ? null : ByteView.of(sample.getBytes(UTF_8)));
        }
        return detector.format();
    }
}
