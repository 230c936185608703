package io.pagewalk.internal.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Allocation;
import io.pagewalk.record.RecordView;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordAdapterTest {
    private final RecordAdapter adapter = new RecordAdapter();

    @Test
    void showsWhatTheConsumerHasRead() {
        ConsumerRecord<ByteBuffer, ByteBuffer> read =
                record(7, "k", "v", new RecordHeaders().add("h", "1".getBytes(UTF_8)));

        RecordView view = adapter.view(read);

        assertThat(view).hasToString("orders-3 offset 7");
        assertThat(view.timestamp()).isEqualTo(5);
        assertThat(view.key().array()).isSameAs(read.key().array());
        assertThat(view.value().array()).isSameAs(read.value().array());
        assertThat(view.headerCount()).isEqualTo(1);
        assertThat(view.header(0).key().toText()).isEqualTo("h");
        assertThat(view.header(0).value().toText()).isEqualTo("1");
        assertThat(view.size()).isEqualTo(PollBudget.sizeOf(read)).isEqualTo(4);
    }

    @Test
    void showsThePartOfAnArrayThatABufferIs() {
        ByteBuffer array = ByteBuffer.wrap("..key..value..".getBytes(UTF_8));

        RecordView view = adapter.view(
                record(7, array.slice(2, 3), array.slice(5, 9).position(2).limit(7)));

        assertThat(view.key().toText()).isEqualTo("key");
        assertThat(view.value().toText()).isEqualTo("value");
        assertThat(view.value().array()).isSameAs(array.array());
    }

    @Test
    void showsBuffersWithoutAnArray() {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(8).put("..value.".getBytes(UTF_8)).flip();
        ByteBuffer readOnly = ByteBuffer.wrap("key".getBytes(UTF_8)).asReadOnlyBuffer();

        RecordView view = adapter.view(record(7, readOnly, direct.position(2).limit(7)));

        assertThat(view.key().toText()).isEqualTo("key");
        assertThat(view.value().toText()).isEqualTo("value");
        assertThat(direct.position()).isEqualTo(2);
    }

    @Test
    void tellsNullFromEmpty() {
        RecordView nulls = adapter.view(record(1, null, null, new RecordHeaders().add("h", null)));
        assertThat(nulls.key()).isNull();
        assertThat(nulls.value()).isNull();
        assertThat(nulls.header(0).value()).isNull();

        RecordView empty = adapter.view(record(2, "", "", new RecordHeaders().add("", new byte[0])));
        assertThat(empty.key().length()).isZero();
        assertThat(empty.value().length()).isZero();
        assertThat(empty.header(0).key().length()).isZero();
        assertThat(empty.header(0).value().length()).isZero();
    }

    @Test
    void showsEachRecordsOwnHeaderKeys() {
        for (int i = 0; i < 100; i++) {
            RecordHeaders headers = new RecordHeaders();
            for (int h = 0; h < i; h++) {
                headers.add(key(i, h), null);
            }
            RecordView view = adapter.view(record(i, null, null, headers));
            assertThat(view.headerCount()).isEqualTo(i);
            for (int h = 0; h < i; h++) {
                assertThat(view.header(h).key().toText()).isEqualTo(key(i, h));
            }
        }
    }

    private static String key(int record, int header) {
        return (header % 5 == 0 ? "x".repeat(300) : "\u00e9\uD83D\uDE00") + (header % 3 == 0 ? record : header);
    }

    @Test
    void namesEveryTimestampTypeAsKafkaDoes() {
        for (TimestampType type : TimestampType.values()) {
            RecordView view = adapter.view(new ConsumerRecord<>(
                    "t", 0, 0, 0, type, -1, -1, null, null, new RecordHeaders(), Optional.empty()));

            assertThat(view.timestampType()).hasToString(type.name);
            assertThat(view.timestampType().id()).isEqualTo(type.id);
            assertThat(view.timestampType().name()).isEqualTo(type.name());
            assertThat(io.pagewalk.record.TimestampType.of(type.name)).isEqualTo(view.timestampType());
        }
        assertThat(io.pagewalk.record.TimestampType.of("createTime")).isNull();
    }

    @Test
    void allocatesNothingForARecordWithoutHeaders() {
        ConsumerRecord<ByteBuffer, ByteBuffer> read = record(7, "k", "v", new RecordHeaders());
        show(read, 20_000);

        assertThat(Allocation.of(() -> show(read, 20_000))).isLessThan(20_000);
    }

    @Test
    void allocatesOnlyWhatTheClientListsHeadersIn() {
        byte[] value = "1".getBytes(UTF_8);
        ConsumerRecord<ByteBuffer, ByteBuffer> read =
                record(7, "k", "v", new RecordHeaders().add("trace", value).add("\u00e9", value));
        show(read, 20_000);

        assertThat(Allocation.of(() -> show(read, 20_000)) / 20_000).isLessThanOrEqualTo(40);
    }

    private long show(ConsumerRecord<ByteBuffer, ByteBuffer> read, int count) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            seen += adapter.view(read).size();
        }
        return seen;
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> record(long offset, ByteBuffer key, ByteBuffer value) {
        return new ConsumerRecord<>("orders", 3, offset, key, value);
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> record(
            long offset, String key, String value, Headers headers) {
        return new ConsumerRecord<>(
                "orders",
                3,
                offset,
                5,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length(),
                value == null ? -1 : value.length(),
                bytes(key),
                bytes(value),
                headers,
                Optional.empty());
    }

    private static ByteBuffer bytes(String text) {
        return text == null ? null : ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
