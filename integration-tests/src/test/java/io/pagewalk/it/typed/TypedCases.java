package io.pagewalk.it.typed;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pagewalk.internal.schema.avro.AvroMappingTest;
import io.pagewalk.internal.schema.avro.RandomAvro;
import io.pagewalk.internal.schema.protobuf.ExpectedMessage;
import io.pagewalk.internal.schema.protobuf.RandomMessage;
import io.pagewalk.internal.schema.protobuf.RandomProto;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.LongTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Every type of Avro, and schemas and values of Avro and Protobuf at random, with what their own libraries read. */
public final class TypedCases {
    private static final int SCHEMAS = 8;
    private static final int VALUES = 60;
    private static final int DEPTH = 4;

    private TypedCases() {}

    /** More of them where there is time. */
    public static Stream<TypedCase> all() {
        long seeds = LongTests.count(2, 40);
        return Stream.of(
                        Stream.of(everyTypeOfAvro()),
                        LongStream.range(0, seeds).mapToObj(TypedCases::avro),
                        LongStream.range(0, seeds + 1).mapToObj(TypedCases::protobuf))
                .flatMap(cases -> cases);
    }

    private static TypedCase everyTypeOfAvro() {
        List<Schema.Field> fields = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        Map<Object, @Nullable Object> expected = new LinkedHashMap<>();
        for (Arguments row : AvroMappingTest.rows().toList()) {
            String name = "f" + fields.size();
            String type = String.valueOf(row.get()[0]).replaceAll("\"name\":\"(\\w+)\"", "\"name\":\"$1" + name + "\"");
            fields.add(new Schema.Field(
                    name,
                    AvroPayloads.schema(type.startsWith("{") || type.startsWith("[") ? type : "\"" + type + "\"")));
            values.add(row.get()[2]);
            expected.put(name, row.get()[3]);
        }
        Schema schema = Schema.createRecord("Every", null, "space", false, fields);
        byte[] payload = AvroPayloads.binary(schema, AvroPayloads.record(schema, values.toArray()));
        return new TypedCase("every type of Avro", "AVRO", schema.toString(), List.of(payload), List.of(expected));
    }

    /** Several schemas are the fields of one record, so that one export has them all. */
    private static TypedCase avro(long seed) {
        RandomAvro random = new RandomAvro(new Random(seed));
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < SCHEMAS; i++) {
            fields.add(new Schema.Field("s" + i, random.schema()));
        }
        Schema schema = Schema.createRecord("Outer", null, "space", false, fields);
        List<byte[]> payloads = new ArrayList<>();
        List<@Nullable Object> expected = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            byte[] payload = AvroPayloads.binary(schema, (GenericData.Record) random.value(schema));
            payloads.add(payload);
            expected.add(RandomAvro.expected(schema, read(schema, payload)));
        }
        return new TypedCase("Avro, seed " + seed, "AVRO", schema.toString(), payloads, expected);
    }

    private static @Nullable Object read(Schema schema, byte[] payload) {
        try {
            return new GenericDatumReader<@Nullable Object>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(payload, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TypedCase protobuf(long seed) {
        Random random = new Random(seed);
        RandomProto proto = new RandomProto(random);
        RandomMessage messages = new RandomMessage(random, proto.isProto3());
        Descriptor type = proto.descriptor();
        List<byte[]> payloads = new ArrayList<>();
        List<@Nullable Object> expected = new ArrayList<>();
        try {
            for (int i = 0; i < VALUES; i++) {
                byte[] payload = messages.of(proto.descriptor(), DEPTH).toByteArray();
                payloads.add(payload);
                expected.add(ExpectedMessage.of(DynamicMessage.parseFrom(type, payload)));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("seed " + seed, e);
        }
        return new TypedCase("Protobuf, seed " + seed, "PROTOBUF", proto.text(), payloads, expected);
    }
}
