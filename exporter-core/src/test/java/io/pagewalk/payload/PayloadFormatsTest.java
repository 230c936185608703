package io.pagewalk.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadFormatsTest {
    /** Whoever tells formats apart has to be changed for each new one. */
    private static final Pattern TOLD_APART = Pattern.compile(
            "[!=]= *PayloadFormat\\.(?!REFUSED)[A-Z]+\\b|PayloadFormat\\.(?!REFUSED)[A-Z]+ *[!=]=|PayloadFormat\\.(?!REFUSED)[A-Z]+\\.equals");

    @Test
    void areFoundByTheirNames() {
        assertThat(PayloadFormats.names()).containsExactly("bytes", "string", "json");
        assertThat(PayloadFormats.names())
                .allSatisfy(name -> assertThat(
                                PayloadFormats.named(name).orElseThrow().name())
                        .isEqualTo(name));
        assertThat(PayloadFormats.named("thrift")).isEmpty();
    }

    @Test
    void comeBackFromWhatIsPinned() {
        for (PayloadFormat key : formats()) {
            for (PayloadFormat value : formats()) {
                PayloadFormats formats = new PayloadFormats(key, value, PayloadFormat.STRING);
                Map<String, String> pinned = new HashMap<>(formats.toMap());
                pinned.put("page-size", "1000");

                assertThat(PayloadFormats.ofMap(pinned)).isEqualTo(formats);
            }
        }
    }

    @Test
    void areOfANewerPagewalkIfTheirNameIsUnknown() {
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> PayloadFormats.ofMap(withValues("thrift")))
                .withMessage(
                        "the export was written by a newer Pagewalk: its value-format is thrift, which this program does"
                                + " not know; use a newer Pagewalk than this one");
    }

    @Test
    void areDamagedIfTheirNameIsNone() {
        for (String name : new String[] {"", "JSON", "\u001b[2J", "x".repeat(41)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PayloadFormats.ofMap(withValues(name)))
                    .withMessage("its value-format is missing or none");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PayloadFormats.ofMap(Map.of()));
    }

    private static Map<String, String> withValues(String name) {
        return Map.of("key-format", "json", "value-format", name, "header-format", "bytes");
    }

    private static List<PayloadFormat> formats() {
        return List.of(PayloadFormat.BYTES, PayloadFormat.STRING, PayloadFormat.JSON);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "bytes, BYTES, a, 0",
                "bytes, BYTES, \u00ff, 0",
                "string, TEXT, a, 0",
                "string, TEXT, \u00ff, -1",
                "json, JSON, 1, 0",
                "json, JSON, `{\n\r\"a\":1}`, 2",
                "json, JSON, {, -1",
            })
    void checkAPayloadAndSayItsForm(String name, PayloadFormat.Form form, String latin1, int result) {
        PayloadFormat format = PayloadFormats.named(name).orElseThrow();
        byte[] bytes = ("x" + latin1 + "x").getBytes(ISO_8859_1);
        ByteView payload = ByteView.of(bytes, 1, bytes.length - 2);

        assertThat(format.form()).isEqualTo(form);
        assertThat(format.check(payload)).isEqualTo(result);
        assertThat(format.accepts(payload)).isEqualTo(result != PayloadFormat.REFUSED);
    }

    @Test
    void sayWhatIsWrongWithARecordAndWhatToDo() {
        RecordView record = new ReusableRecord()
                .begin("orders", 3, 17, 0, TimestampType.CREATE_TIME)
                .value("{".getBytes(UTF_8))
                .view();
        PayloadFormats formats = new PayloadFormats(PayloadFormat.STRING, PayloadFormat.JSON, PayloadFormat.BYTES);

        BadRecordException value = formats.valueMismatch(record);
        BadRecordException key = formats.keyMismatch(record);

        assertThat(value.part()).isEqualTo(Part.VALUE);
        assertThat(value.kind()).isEqualTo("not JSON, or beyond the limits of its readers");
        assertThat(value)
                .hasMessage(record
                        + ": the value is not JSON, which the value format json requires (string and bytes do not); "
                        + Advice.SET_RECORDS_ASIDE.text());
        assertThat(key.kind()).isEqualTo("not UTF-8");
        assertThat(key)
                .hasMessageContaining(
                        "the key is not UTF-8 text, which the key format string requires (bytes does not)");
    }

    @Test
    void areToldApartByNobodyElse() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/main/"))
                    .toList()) {
                assertThat(TOLD_APART.matcher(Files.readString(file)).find())
                        .as("%s compares payload formats; switch over their form", file)
                        .isFalse();
            }
        }
    }
}
