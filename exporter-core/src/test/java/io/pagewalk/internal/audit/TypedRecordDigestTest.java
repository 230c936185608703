package io.pagewalk.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RowReader;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.payload.TypedPart;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import org.junit.jupiter.api.Test;

class TypedRecordDigestTest {
    private static final PayloadFormats PAYLOADS =
            new PayloadFormats(PayloadFormat.BYTES, new Lengths(), PayloadFormat.BYTES);

    /** A payload's value is its length; one that begins with an exclamation mark is bad. */
    private record Lengths(RowLayout layout) implements TypedFormat {
        Lengths() {
            this(new RowLayout(Member.optional("value", ColumnType.Scalar.of(ScalarKind.INT32))));
        }

        @Override
        public String name() {
            return "lengths";
        }

        @Override
        public boolean isFrame(ByteView headerName) {
            return headerName.toText().equals("frame");
        }

        @Override
        public RowReader newReader() {
            return (record, into) -> {
                ByteView value = record.value();
                into.begin(value.array());
                if (value.toText().startsWith("!")) {
                    throw new BadRecordException(Part.VALUE, "excited", record + " is");
                }
                into.number(0, 0, 1, value.length());
                return ByteView.of(new byte[] {'7'});
            };
        }
    }

    private final RecordDigest digest = new RecordDigest(new PlainFormat(), PAYLOADS);

    @Test
    void isTheSameFromTopicAndFile() {
        for (String value : new String[] {null, "", "abc"}) {
            RecordView record = record(value);
            TypedPart read = TypedPart.ofValue(PAYLOADS);
            read.read(record);

            assertThat(digest.of(record(null), null, read.row())).isEqualTo(digest.of(record));
        }
    }

    @Test
    void tellsValuesApartAndTakesAllBytesOfTheSameValueForTheSame() {
        assertThat(digest.of(record("abc"))).isEqualTo(digest.of(record("xyz")));
        assertThat(digest.of(record("abc"))).isNotEqualTo(digest.of(record("ab")));
        assertThat(digest.of(record(""))).isNotEqualTo(digest.of(record(null)));
    }

    @Test
    void ofARecordThatCannotBeReadIsThatOfNoOther() {
        assertThat(digest.of(record("!"))).isNotEqualTo(digest.of(record("a"))).isNotEqualTo(digest.of(record(null)));
    }

    @Test
    void takesAHeaderThatNamesASchemaAsFilesHaveIt() {
        PayloadFormats payloads = new PayloadFormats(PayloadFormat.BYTES, new Lengths(), PayloadFormat.STRING);
        RecordDigest ofTexts = new RecordDigest(new PlainFormat(), payloads);
        TypedPart read = TypedPart.ofValue(payloads);
        RecordView inTopic = withHeader(new byte[] {-1, 0});
        read.read(inTopic);

        assertThat(ofTexts.of(withHeader("/wA=".getBytes(UTF_8)), null, read.row()))
                .isEqualTo(ofTexts.of(inTopic));
        assertThat(ofTexts.of(withHeader(new byte[] {-1, 1}))).isNotEqualTo(ofTexts.of(inTopic));
    }

    private static RecordView withHeader(byte[] frame) {
        return new ReusableRecord()
                .begin("orders", 3, 7, 0, TimestampType.CREATE_TIME)
                .value("abc".getBytes(UTF_8))
                .header("frame".getBytes(UTF_8), frame)
                .view()
                .copy();
    }

    private static RecordView record(String value) {
        return new ReusableRecord()
                .begin("orders", 3, 7, 0, TimestampType.CREATE_TIME)
                .value(value == null ? null : value.getBytes(UTF_8))
                .view();
    }
}
