package io.pagewalk.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.model.Allocation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordViewTest {
    private final ReusableRecord reused = new ReusableRecord();

    @Test
    void tellsNullFromEmpty() {
        RecordView nulls =
                begin(1).key(null).value(null).header(bytes("h"), null).view();
        assertThat(nulls.key()).isNull();
        assertThat(nulls.value()).isNull();
        assertThat(nulls.header(0).value()).isNull();

        RecordView empty = begin(2).key(bytes(""))
                .value(bytes(""))
                .header(bytes(""), bytes(""))
                .view();
        assertThat(text(empty.key())).isEmpty();
        assertThat(text(empty.value())).isEmpty();
        assertThat(text(empty.header(0).key())).isEmpty();
        assertThat(text(empty.header(0).value())).isEmpty();
    }

    @Test
    void hasNothingOfTheRecordBefore() {
        begin(1).key(bytes("k"))
                .value(bytes("v"))
                .header(bytes("a"), bytes("1"))
                .header(bytes("b"), bytes("2"));
        RecordView next = begin(2).header(bytes("c"), null).view();

        assertThat(next.offset()).isEqualTo(2);
        assertThat(next.key()).isNull();
        assertThat(next.value()).isNull();
        assertThat(next.headerCount()).isEqualTo(1);
        assertThat(text(next.header(0).key())).isEqualTo("c");
        assertThat(next.header(0).value()).isNull();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> next.header(1));
    }

    @Test
    void showsPartsOfArrays() {
        byte[] batch = bytes("..key.value.h.w..");
        RecordView record = begin(1).key(batch, 2, 3)
                .value(batch, 6, 5)
                .header(batch, 12, 1)
                .headerValue(batch, 14, 1)
                .view();

        assertThat(record.key().array()).isSameAs(batch);
        assertThat(record.key().offset()).isEqualTo(2);
        assertThat(record.key().length()).isEqualTo(3);
        assertThat(record.key().end()).isEqualTo(5);
        assertThat(text(record.key())).isEqualTo("key");
        assertThat(record.value().toBytes()).isEqualTo(bytes("value"));
        assertThat(text(record.header(0).key())).isEqualTo("h");
        assertThat(text(record.header(0).value())).isEqualTo("w");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> begin(2).key(batch, 10, 8));
    }

    @Test
    void aCopyStaysAsTheRecordWas() {
        byte[] batch = bytes("key.value.h.w");
        RecordView copy = begin(7).key(batch, 0, 3)
                .value(batch, 4, 5)
                .header(batch, 10, 1)
                .headerValue(batch, 12, 1)
                .header(bytes("n"), null)
                .header(bytes("e"), bytes(""))
                .view()
                .copy();
        Arrays.fill(batch, (byte) 0);
        begin(8).header(bytes("x"), bytes("y"));

        assertThat(copy).hasToString("orders-3 offset 7");
        assertThat(copy.timestamp()).isEqualTo(1007);
        assertThat(copy.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(text(copy.key())).isEqualTo("key");
        assertThat(text(copy.value())).isEqualTo("value");
        assertThat(copy.headerCount()).isEqualTo(3);
        assertThat(text(copy.header(0).key())).isEqualTo("h");
        assertThat(text(copy.header(0).value())).isEqualTo("w");
        assertThat(text(copy.header(1).key())).isEqualTo("n");
        assertThat(copy.header(1).value()).isNull();
        assertThat(text(copy.header(2).value())).isEmpty();
        assertThat(copy.key().array()).hasSize(3 + 5 + 2 + 1 + 1);
    }

    @Test
    void aCopyKeepsNullsApartFromEmpty() {
        RecordView nulls = begin(1).view().copy();
        assertThat(nulls.key()).isNull();
        assertThat(nulls.value()).isNull();

        RecordView empty = begin(1).key(bytes("")).value(bytes("")).view().copy();
        assertThat(text(empty.key())).isEmpty();
        assertThat(text(empty.value())).isEmpty();
    }

    @Test
    void weighsKeyValueAndHeaders() {
        RecordView full = begin(1).key(new byte[4])
                .value(new byte[10])
                .header(bytes("ab"), bytes("xyz"))
                .header(bytes("c"), null)
                .view();
        assertThat(full.size()).isEqualTo(4 + 10 + 2 + 3 + 1);
        assertThat(begin(2).key(new byte[4]).view().size()).isEqualTo(4);
    }

    @Test
    void letsGoOfRecordsWithManyHeaders() {
        begin(1);
        for (int i = 0; i < 1000; i++) {
            reused.header(bytes("h" + i), bytes("v" + i));
        }
        assertThat(text(reused.view().header(999).key())).isEqualTo("h999");

        RecordView next = begin(2).header(bytes("a"), bytes("b")).view();

        assertThat(next.headerCount()).isEqualTo(1);
        assertThat(text(next.header(0).value())).isEqualTo("b");
    }

    @Test
    void isCopiedOnce() {
        RecordView copy = new ReusableRecord()
                .begin("t", 1, 7, 1000, TimestampType.CREATE_TIME)
                .view()
                .copy();

        assertThat(copy.copy()).isSameAs(copy);
    }

    @Test
    void showsARecordWithoutAllocatingAnything() {
        byte[] batch = bytes("key.value.h.w");
        show(batch, 20_000);

        assertThat(Allocation.of(() -> show(batch, 20_000))).isLessThan(20_000);
    }

    private long show(byte[] batch, int count) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            RecordView record = begin(i).key(batch, 0, 3)
                    .value(batch, 4, 5)
                    .header(batch, 10, 1)
                    .headerValue(batch, 12, 1)
                    .view();
            for (int h = 0; h < record.headerCount(); h++) {
                seen += record.header(h).key().length()
                        + record.header(h).value().offset();
            }
            seen += record.size();
        }
        return seen;
    }

    private ReusableRecord begin(long offset) {
        return reused.begin("orders", 3, offset, 1000 + offset, TimestampType.LOG_APPEND_TIME);
    }

    private static String text(ByteView view) {
        return view.toText();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
