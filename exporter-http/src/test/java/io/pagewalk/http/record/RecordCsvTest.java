package io.pagewalk.http.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadDecoder;
import io.pagewalk.schema.PayloadSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as lines that spreadsheets and databases read. */
class RecordCsvTest {
    private static final String START = "orders,3,7,-1,CreateTime,";

    @Test
    void hasACellForEachName() {
        assertThat(RecordCsv.HEADER.split(",", -1)).hasSize(11);
        assertThat(line(record("k", "v"), PayloadChoices.AUTO)).isEqualTo(START + "\"k\",string,\"v\",string,1,\r\n");
    }

    @Test
    void nullIsAnEmptyCellAndAnEmptyTextIsInQuotes() {
        assertThat(line(record(null, null), PayloadChoices.AUTO)).isEqualTo(START + ",,,,,\r\n");
        assertThat(line(record("", ""), PayloadChoices.AUTO)).isEqualTo(START + "\"\",string,\"\",string,0,\r\n");
    }

    @Test
    void doublesQuotesAndKeepsLineBreaksAndSeparators() {
        assertThat(line(record("a\"b", "1,2;\r\n\"3\""), PayloadChoices.AUTO))
                .isEqualTo(START + "\"a\"\"b\",string,\"1,2;\r\n\"\"3\"\"\",string,9,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=", "=cmd|' /C calc'!A0"})
    void aCellIsNoFormula(String text) {
        PayloadChoices strings = new PayloadChoices(string(), string(), string());

        assertThat(line(record(text, text), strings))
                .isEqualTo(START + "\"'" + text + "\",string,\"'" + text + "\",string," + text.length() + ",\r\n");
    }

    @Test
    void numbersAreCellsOfTheirOwnText() {
        assertThat(line(record("1", "9007199254740993"), PayloadChoices.AUTO))
                .contains("\"1\",", "\"9007199254740993\",");
    }

    @Test
    void bytesAreInBase64() {
        ReusableRecord record = begun().key(new byte[] {(byte) 0xFF}).value(new byte[] {0, 1, (byte) 0xFE});

        assertThat(line(record, PayloadChoices.AUTO)).isEqualTo(START + "\"/w==\",bytes,\"AAH+\",bytes,3,\r\n");
    }

    /** In base64, {@code 0xFB 0xEF} begins with a plus sign. */
    @Test
    void base64IsNoFormulaEither() {
        ReusableRecord record = begun().value(new byte[] {(byte) 0xFB, (byte) 0xEF, (byte) 0xBE});

        assertThat(line(record, PayloadChoices.AUTO)).isEqualTo(START + ",,\"'++++\",bytes,3,\r\n");
    }

    @Test
    void headersAreAJsonArray() {
        ReusableRecord record =
                begun().header("a".getBytes(UTF_8), "x\"".getBytes(UTF_8)).header("a".getBytes(UTF_8), null);

        assertThat(line(record, PayloadChoices.AUTO))
                .isEqualTo(START
                        + ",,,,,\"[{\"\"key\"\":\"\"a\"\",\"\"value\"\":\"\"x\\\"\"\"\",\"\"valueFormat\"\":\"\"string\"\"},"
                        + "{\"\"key\"\":\"\"a\"\",\"\"value\"\":null}]\"\r\n");
    }

    @Test
    void tellsTheSizeOfAValueThatIsCut() {
        ReusableRecord record = begun().value("x".repeat(100).getBytes(UTF_8));
        StringWriter out = new StringWriter();

        write(record.view().preview(4), PayloadChoices.AUTO, out);

        assertThat(out).hasToString(START + ",,\"xxxx\",string,100,\r\n");
    }

    @Test
    void whatHasASchemaIsJsonAndBytesWhereItCouldNotBeRead() throws IOException {
        PayloadSchema schema = new PayloadSchema("7", "avro", "shop.Order");
        ShownRecord shown = new ShownRecord(
                record("k", "v").view(),
                new DecodedPayload(schema, ByteView.of("{\"id\":9007199254740993}".getBytes(UTF_8)), "", ""),
                new DecodedPayload(schema, null, "the payload ends too early", "id"));
        StringWriter out = new StringWriter();

        new RecordCsv(PayloadChoices.AUTO).write(shown, out);

        assertThat(out).hasToString(START + "\"{\"\"id\"\":9007199254740993}\",avro,\"dg==\",bytes,1,\r\n");
    }

    /** A topic may be called so. */
    @Test
    void theNameOfATopicIsNoFormulaEither() {
        ReusableRecord record = new ReusableRecord().begin("-1-2", 0, 0, 0, TimestampType.CREATE_TIME);

        assertThat(line(record, PayloadChoices.AUTO)).startsWith("\"'-1-2\",0,0,");
    }

    private static ReusableRecord begun() {
        return new ReusableRecord().begin("orders", 3, 7, -1, TimestampType.CREATE_TIME);
    }

    private static ReusableRecord record(@Nullable String key, @Nullable String value) {
        return begun().key(key == null ? null : key.getBytes(UTF_8))
                .value(value == null ? null : value.getBytes(UTF_8));
    }

    private static PayloadChoice string() {
        return PayloadChoice.parse("string");
    }

    private static String line(ReusableRecord record, PayloadChoices choices) {
        StringWriter out = new StringWriter();
        write(record.view(), choices, out);
        return out.toString();
    }

    private static void write(RecordView record, PayloadChoices choices, StringWriter out) {
        try {
            new RecordCsv(choices).write(new Showing(choices, PayloadDecoder.NONE).show(record), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
