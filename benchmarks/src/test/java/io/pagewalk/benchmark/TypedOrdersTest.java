package io.pagewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypedOrdersTest {
    private static final int ORDERS = 2400;

    @ParameterizedTest
    @EnumSource(names = {"AVRO", "PROTOBUF"})
    void halfOfAPartitionAreOfTheOlderVersion(Shape shape) {
        SampleRecords records = shape.records();
        int older = shape.schemas().get(0).id();
        int newer = shape.schemas().get(1).id();
        for (int partition = 0; partition < 8; partition++) {
            int first = partition;
            long[] ids = LongStream.range(0, ORDERS / 8)
                    .map(i -> id(records.value(first + 8 * i)))
                    .toArray();

            assertThat(ids).containsOnly(older, newer);
            assertThat(Arrays.stream(ids).filter(id -> id == older)).hasSizeBetween(115, 185);
        }
    }

    @Test
    void avroHasTheLengthAndTheLeavesOfTheGoals() {
        SampleRecords records = Shape.AVRO.records();

        double average = LongStream.range(1_000_000, 1_000_000 + ORDERS)
                .mapToInt(number -> records.value(number).length)
                .average()
                .orElseThrow();
        assertThat(average).isBetween(155.0, 170.0);
        assertThat(leaves(new Schema.Parser().parse(AvroOrders.NEWER.text()))).isEqualTo(22);
    }

    @Test
    void sumsAreWhatAvroReads() throws Exception {
        SampleRecords records = Shape.AVRO.records();
        Schema newest = new Schema.Parser().parse(AvroOrders.NEWER.text());
        long ids = 0;
        long quantities = 0;
        long byApp = 0;
        for (long number = 0; number < ORDERS; number++) {
            byte[] value = records.value(number);
            Schema writer =
                    id(value) == AvroOrders.NEWER.id() ? newest : new Schema.Parser().parse(AvroOrders.OLDER.text());
            GenericRecord order = new GenericDatumReader<GenericRecord>(writer, newest)
                    .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
            ids += (long) order.get("id");
            quantities += (long) order.get("quantity");
            byApp += order.get("channel").toString().equals("app") ? 1 : 0;
        }

        assertThat(new OrderSums(ORDERS, ids, quantities, byApp)).isEqualTo(OrderSums.of(ORDERS));
        assertThat(byApp).isPositive();
    }

    @Test
    void sumsAreWhatProtobufReads() throws Exception {
        SampleRecords records = Shape.PROTOBUF.records();
        long ids = 0;
        long quantities = 0;
        long byApp = 0;
        for (long number = 0; number < ORDERS; number++) {
            byte[] value = records.value(number);
            UnknownFieldSet order = UnknownFieldSet.parseFrom(Arrays.copyOfRange(value, 6, value.length));
            ids += number(order, 1);
            quantities += number(order, 8);
            byApp += order.getField(13).getLengthDelimitedList().stream()
                    .filter(channel -> channel.toStringUtf8().equals("app"))
                    .count();
        }

        assertThat(new OrderSums(ORDERS, ids, quantities, byApp)).isEqualTo(OrderSums.of(ORDERS));
    }

    private static long number(UnknownFieldSet message, int field) {
        return message.getField(field).getVarintList().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static int id(byte[] value) {
        assertThat(value[0]).isZero();
        return ByteBuffer.wrap(value).getInt(1);
    }

    private static int leaves(Schema schema) {
        return switch (schema.getType()) {
            case RECORD ->
                schema.getFields().stream()
                        .mapToInt(field -> leaves(field.schema()))
                        .sum();
            case ARRAY -> leaves(schema.getElementType());
            case MAP -> 1 + leaves(schema.getValueType());
            default -> 1;
        };
    }
}
