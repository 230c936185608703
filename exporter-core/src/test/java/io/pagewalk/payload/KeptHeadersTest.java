package io.pagewalk.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptHeadersTest {
    private static final byte[] BINARY = {-1, 0};

    /** Headers called frame are its own. */
    private record Framed(RowLayout layout) implements TypedFormat {
        Framed() {
            this(new RowLayout(Member.optional("value", ColumnType.Scalar.of(ScalarKind.INT32))));
        }

        @Override
        public String name() {
            return "framed";
        }

        @Override
        public boolean isFrame(ByteView headerName) {
            return headerName.toText().equals("frame");
        }

        @Override
        public RowReader newReader() {
            throw new AssertionError();
        }
    }

    private final RecordView record = new ReusableRecord()
            .begin("orders", 3, 7, 11, TimestampType.LOG_APPEND_TIME)
            .key(new byte[] {5})
            .value(new byte[] {6, 7})
            .header("source".getBytes(UTF_8), "shop".getBytes(UTF_8))
            .header("frame".getBytes(UTF_8), BINARY)
            .header("frame".getBytes(UTF_8), null)
            .header("frame".getBytes(UTF_8), "text".getBytes(UTF_8))
            .view()
            .copy();

    @Test
    void ofASchemaAreBase64WhereHeadersAreText() {
        RecordView kept = new KeptHeaders(formats(new Framed(), PayloadFormat.STRING)).of(record);

        assertThat(headers(kept)).containsExactly("source=shop", "frame=/wA=", "frame=null", "frame=dGV4dA==");
        assertThat(kept).hasToString(record.toString());
        assertThat(kept.timestamp()).isEqualTo(11);
        assertThat(kept.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(kept.key().toBytes()).containsExactly(5);
        assertThat(kept.value().toBytes()).containsExactly(6, 7);
    }

    @Test
    void ofASchemaAreAJsonStringWhereHeadersAreJson() {
        RecordView kept = new KeptHeaders(formats(new Framed(), PayloadFormat.JSON)).of(record);

        assertThat(headers(kept)).contains("frame=\"/wA=\"");
        assertThat(PayloadFormat.JSON.accepts(kept.header(1).value())).isTrue();
    }

    @Test
    void stayAsTheyAreWhereHeadersAreBytesOrNothingIsTyped() {
        assertThat(new KeptHeaders(formats(new Framed(), PayloadFormat.BYTES)).of(record))
                .isSameAs(record);
        assertThat(new KeptHeaders(formats(PayloadFormat.BYTES, PayloadFormat.STRING)).of(record))
                .isSameAs(record);
    }

    private static PayloadFormats formats(PayloadFormat value, PayloadFormat header) {
        return new PayloadFormats(PayloadFormat.BYTES, value, header);
    }

    private static List<String> headers(RecordView record) {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            ByteView value = header.value();
            headers.add(header.key().toText() + "=" + (value == null ? "null" : value.toText()));
        }
        return headers;
    }
}
