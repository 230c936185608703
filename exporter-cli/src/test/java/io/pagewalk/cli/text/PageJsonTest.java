package io.pagewalk.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.cli.Tokens;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.http.record.Showing;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.schema.PayloadDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageJsonTest {
    private final PayloadOptions formats = new PayloadOptions();

    @Test
    void saysHowEachPayloadWasRendered() throws IOException {
        JsonNode record = onlyRecord(record(bytes("42"), bytes("{\"a\":\r\n [1.50, \"x\\ny\"]}")));

        assertThat(record.get("key").textValue()).isEqualTo("42");
        assertThat(record.get("keyFormat").textValue()).isEqualTo("string");
        assertThat(record.get("value").get("a").get(1).textValue()).isEqualTo("x\ny");
        assertThat(record.get("valueFormat").textValue()).isEqualTo("json");
        assertThat(record.get("timestampType").textValue()).isEqualTo("CreateTime");
    }

    @Test
    void hasTheseMembers() throws IOException {
        RecordView record =
                fill(bytes("k"), bytes("[]")).header(bytes("h"), bytes("v")).view();

        assertThat(print(List.of(record), false)).isEqualTo("""
                {"records":[
                {"topic":"t","partition":1,"offset":7,"timestamp":1000,"timestampType":"CreateTime","key":"k",\
                "keyFormat":"string","value":[],"valueFormat":"json",\
                "headers":[{"key":"h","value":"v","valueFormat":"string"}]}
                ],"nextPageToken":null,"remaining":0}
                """);
    }

    @Test
    void embedsJsonVerbatimOnOneLine() throws IOException {
        String text = print(List.of(record(null, bytes(" {\"a\":\r\n 1.50, \"ä\":12345678901234567890}\n"))), true);

        assertThat(text).contains("\"value\":{\"a\": 1.50, \"ä\":12345678901234567890},\"valueFormat\":\"json\"");
    }

    @Test
    void rendersWhatIsNoTextAsBase64() throws IOException {
        JsonNode record = onlyRecord(record(new byte[] {0, 0, 0, 1}, new byte[] {(byte) 0xff}));

        assertThat(record.get("key").binaryValue()).containsExactly(0, 0, 0, 1);
        assertThat(record.get("keyFormat").textValue()).isEqualTo("bytes");
        assertThat(record.get("valueFormat").textValue()).isEqualTo("bytes");
    }

    @Test
    void tellsATombstoneFromAJsonNull() throws IOException {
        formats.valueFormat = new PayloadChoice(PayloadFormat.JSON);

        JsonNode tombstone = onlyRecord(record(bytes("k"), null));
        JsonNode jsonNull = onlyRecord(record(bytes("k"), bytes("null")));

        assertThat(tombstone.get("value").isNull()).isTrue();
        assertThat(tombstone.has("valueFormat")).isFalse();
        assertThat(jsonNull.get("value").isNull()).isTrue();
        assertThat(jsonNull.get("valueIsJsonNull").booleanValue()).isTrue();
    }

    @Test
    void keepsHeadersInOrderWithDuplicatesAndNulls() throws IOException {
        RecordView record = fill(null, null)
                .header(bytes("h"), bytes("2"))
                .header(bytes("h"), bytes("1"))
                .header(bytes("n"), null)
                .view();

        JsonNode headers = onlyRecord(record).get("headers");

        assertThat(headers.toString())
                .isEqualTo("[{\"key\":\"h\",\"value\":\"2\",\"valueFormat\":\"string\"},"
                        + "{\"key\":\"h\",\"value\":\"1\",\"valueFormat\":\"string\"},{\"key\":\"n\",\"value\":null}]");
    }

    @Test
    void printsARecordALine() throws IOException {
        assertThat(print(List.of(record(null, bytes("[1]")), record(null, null)), true)
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("{\"records\":["),
                        line -> assertThat(line).startsWith("{\"topic\":").endsWith("},"),
                        line -> assertThat(line).startsWith("{\"topic\":").endsWith("}"),
                        line -> assertThat(line)
                                .startsWith("],\"nextPageToken\":\"pw2.")
                                .endsWith(",\"remaining\":11}"));
        assertThat(print(List.of(), false)).isEqualTo("{\"records\":[],\"nextPageToken\":null,\"remaining\":0}\n");
    }

    @Test
    void namesTheRecordThatContradictsItsFormat() {
        formats.valueFormat = new PayloadChoice(PayloadFormat.JSON);

        assertThatThrownBy(() -> print(List.of(record(null, bytes("no"))), false))
                .isInstanceOf(FormatMismatchException.class)
                .hasMessageContaining("t-1 offset 7");
    }

    @Test
    void printsNothingOfAPageThatCannotBePrintedWhole() {
        RecordView wrong = fill(null, null).header(bytes("h"), bytes("no")).view();
        formats.headerFormat = new PayloadChoice(PayloadFormat.JSON);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> PageJson.write(List.of(record(null, bytes("1")), wrong), showing(), null, 0, out))
                .isInstanceOf(FormatMismatchException.class);

        assertThat(out.size()).isZero();
    }

    private JsonNode onlyRecord(RecordView record) throws IOException {
        JsonNode records =
                new ObjectMapper().readTree(print(List.of(record), false)).get("records");
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private Showing showing() {
        return new Showing(formats.choices(), PayloadDecoder.NONE);
    }

    private String print(List<RecordView> records, boolean more) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PageJson.write(records, showing(), more ? Tokens.token("t").encode() : null, more ? 11 : 0, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static RecordView record(byte[] key, byte[] value) {
        return fill(key, value).view();
    }

    private static ReusableRecord fill(byte[] key, byte[] value) {
        return new ReusableRecord()
                .begin("t", 1, 7, 1000, TimestampType.CREATE_TIME)
                .key(key)
                .value(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
