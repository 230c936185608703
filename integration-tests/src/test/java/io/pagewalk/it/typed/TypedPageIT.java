package io.pagewalk.it.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks at records sees what payloads are by their own schemas, or why that cannot be told. */
class TypedPageIT {
    private static final long EXACT = 9_007_199_254_740_993L;
    private static final int UNKNOWN = 77;
    private static final String AVRO = """
            {"type":"record","name":"Order","namespace":"shop","fields":[
              {"name":"zone","type":"string"},{"name":"id","type":"long"},
              {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"raw","type":"bytes"}]}""";
    private static final String PROTOBUF = """
            syntax = "proto3"; package shop;
            message Head { string a = 1; }
            message Paid { int64 order_id = 1; string note = 2; }""";
    private static final String JSON = """
            {"title":"Cart","type":"object","properties":{"id":{"type":"integer"},"open":{"type":"boolean"}},
            "additionalProperties":false}""";
    private static final String[] REGISTRY = {"--value-format", "registry"};

    private final StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void eachPayloadIsShownByItsOwnSchemaOrWithTheReasonWhyNot() {
        try (Records records = allKinds("typedpage");
                Serving serving = Serving.startWithRegistry(registry.url())) {
            String printed = page(records.topic(), REGISTRY).exits(0).out();
            JsonNode page = Output.json(printed).get("records");

            assertThat(printed)
                    .contains(
                            "\"value\":{\"zone\":\"north\",\"id\":9007199254740993,\"price\":\"12.30\","
                                    + "\"at\":\"2023-11-14T22:13:20.123000Z\",\"raw\":\"AAE=\"},\"valueFormat\":\"avro\","
                                    + "\"valueSchema\":{\"id\":\"1\",\"type\":\"avro\",\"name\":\"shop.Order\"}",
                            "\"value\":{\"order_id\":9007199254740993,\"note\":\"paid\"},\"valueFormat\":\"protobuf\","
                                    + "\"valueSchema\":{\"id\":\"2\",\"type\":\"protobuf\",\"name\":\"shop.Paid\"}",
                            "\"value\":{\"id\":9007199254740993,\"open\":true},\"valueFormat\":\"json-schema\","
                                    + "\"valueSchema\":{\"id\":\"3\",\"type\":\"json-schema\",\"name\":\"Cart\"}");
            JsonNode tombstone = page.get(3);
            assertThat(tombstone.get("value").isNull()).isTrue();
            assertThat(tombstone.has("valueFormat") || tombstone.has("valueSchema") || tombstone.has("valueError"))
                    .isFalse();
            assertFailed(page.get(4), framed(UNKNOWN, order()), "the schema is unknown to the schema registry");
            assertThat(page.get(4).get("valueSchema")).hasToString("{\"id\":\"77\"}");
            assertFailed(
                    page.get(5),
                    truncated(),
                    page.get(5).at("/valueError/reason").textValue());
            assertThat(page.get(5).at("/valueError/reason").textValue()).isNotEmpty();
            assertThat(page.get(5).at("/valueError/path").textValue()).isEqualTo("raw");
            assertThat(page.get(5).at("/valueSchema/name").textValue()).isEqualTo("shop.Order");
            assertFailed(page.get(6), "no frame".getBytes(UTF_8), "no schema frame");
            assertThat(page.get(6).has("valueSchema")).isFalse();

            assertThat(serving.json(Serving.records(records.topic()) + "?value_format=registry")
                            .get("records"))
                    .isEqualTo(page);
            assertThat(serving.json(Serving.records(records.topic()) + "/0/1?value_format=registry"))
                    .isEqualTo(page.get(1));
            String server = "http://127.0.0.1:" + serving.port();
            assertThat(Output.json(asServer(server, records.topic(), REGISTRY)
                                    .exits(0)
                                    .out())
                            .get("records"))
                    .isEqualTo(page);
            assertThat(asServer(server, records.topic(), "--schema-registry", registry.url())
                            .exits(2)
                            .err())
                    .contains("with --server, schemas are the server's");
        }
    }

    private static void assertFailed(JsonNode record, byte[] payload, String reason) {
        assertThat(record.get("value").textValue())
                .isEqualTo(Base64.getEncoder().encodeToString(payload));
        assertThat(record.get("valueFormat").textValue()).isEqualTo("bytes");
        assertThat(record.at("/valueError/reason").textValue()).isEqualTo(reason);
    }

    @Test
    void aKindThatIsAskedForIsTheOnlyOneThatIsRead() {
        try (Records records = allKinds("typedkind")) {
            JsonNode page = Output.json(page(records.topic(), "--value-format", "protobuf")
                            .exits(0)
                            .out())
                    .get("records");

            assertFailed(page.get(0), framed(1, order()), "the schema is not protobuf");
            assertThat(page.get(1).at("/value/order_id").longValue()).isEqualTo(EXACT);
        }
    }

    @Test
    void withoutAFormatWhatTheRegistryKnowsIsReadAndTheRestIsAsEver() {
        try (Records records = allKinds("typedauto");
                Serving serving = Serving.startWithRegistry(registry.url());
                Serving without = Serving.start()) {
            JsonNode page = serving.json(Serving.records(records.topic())).get("records");

            assertThat(formats(page))
                    .containsExactly("avro", "protobuf", "json-schema", "", "bytes", "bytes", "string");
            assertThat(page.get(4).has("valueError")).isFalse();
            assertThat(page.get(5).has("valueError")).isTrue();
            assertThat(formats(without.json(Serving.records(records.topic())).get("records")))
                    .containsExactly("bytes", "bytes", "bytes", "", "bytes", "bytes", "string");
            assertThat(without.refused(400, Serving.records(records.topic()) + "?value_format=avro")
                            .get("detail")
                            .textValue())
                    .contains("started without a schema registry");
            serving.refused(400, Serving.records(records.topic()) + "?header_format=avro");
            assertThat(Cli.run(
                                    "page",
                                    "--bootstrap-server",
                                    Broker.servers(),
                                    "--topic",
                                    records.topic(),
                                    "--value-format",
                                    "registry")
                            .exits(2)
                            .err())
                    .contains("no schema registry is named");
        }
    }

    private static List<String> formats(JsonNode records) {
        List<String> formats = new ArrayList<>();
        records.forEach(record -> formats.add(record.path("valueFormat").asText()));
        return formats;
    }

    @Test
    void aSchemaThatIsFoundLaterIsShownSomeSecondsLater() throws Exception {
        try (Records records = allKinds("typedfound");
                Serving serving = Serving.startWithRegistry(registry.url())) {
            String walk = serving.json(Serving.records(records.topic()) + "?page_size=5&value_format=registry")
                    .at("/meta/page_token")
                    .textValue();
            String query = Serving.records(records.topic()) + "?value_format=registry&page_token=" + walk;
            assertThat(serving.get(query).headers().firstValue("Cache-Control")).hasValue("no-store");
            registry.registerAs(UNKNOWN, "orders-value", "AVRO", AVRO);

            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            HttpResponse<String> response = serving.get(query);
            while (response.body().contains("valueError") && System.nanoTime() < end) {
                Thread.sleep(200);
                response = serving.get(query);
            }

            JsonNode record = Output.json(response.body()).get("records").get(4);
            assertThat(record.at("/value/id").longValue()).isEqualTo(EXACT);
            assertThat(record.at("/valueSchema/id").textValue()).isEqualTo("77");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("private, max-age=3600");
        }
    }

    @Test
    void schemasAreAskedForOnceForAllRequests() {
        try (Records records = allKinds("typedonce");
                Serving serving = Serving.startWithRegistry(registry.url())) {
            for (int i = 0; i < 5; i++) {
                serving.json(Serving.records(records.topic()) + "/0/0?value_format=registry");
            }

            assertThat(registry.requests()).hasSize(1);
        }
    }

    @Test
    void aRegistryThatCannotBeAskedFailsThePageInItsTime() {
        try (Records records = allKinds("typeddown");
                Serving serving = Serving.startWithRegistry(registry.url())) {
            String typed = Serving.records(records.topic()) + "?value_format=registry";
            registry.answer(request -> StandInRegistry.Answer.error(401, 401));
            assertThat(serving.refused(503, typed).get("detail").textValue()).contains("refused the credentials");
            assertThat(page(records.topic(), REGISTRY).exits(2).err()).contains("refused the credentials");
            registry.close();

            long begun = System.nanoTime();
            assertThat(serving.refused(503, typed + "&timeout=2").get("detail").textValue())
                    .contains("schema registry");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            assertThat(page(records.topic(), "--value-format", "registry", "--retry-timeout", "1s")
                            .exits(1)
                            .err())
                    .contains("no answer from");
            assertThat(formats(serving.json(Serving.records(records.topic()) + "?value_format=bytes")
                            .get("records")))
                    .contains("bytes");
        }
    }

    @Test
    void filtersAndDownloadsHaveWhatPayloadsAreByTheirSchemas() {
        try (Records records = allKinds("typedfilter");
                Serving serving = Serving.startWithRegistry(registry.url())) {
            String path = Serving.records(records.topic());

            assertThat(offsets(serving.json(path + "?json./id=9007199254740993&value_format=registry")))
                    .containsExactly(0, 2);
            assertThat(offsets(serving.json(path + "?contains=9007199254740993")))
                    .containsExactly(0, 1, 2);
            assertThat(offsets(serving.json(path + "?key=k1"))).containsExactly(1);
            String csv = serving.get(path + "?format=csv&value_format=registry").body();
            assertThat(csv)
                    .contains(
                            ",\"{\"\"order_id\"\":9007199254740993,\"\"note\"\":\"\"paid\"\"}\",protobuf,",
                            ",\"" + Base64.getEncoder().encodeToString(truncated()) + "\",bytes,");
            assertThat(serving.get(path + "?format=jsonl&value_format=registry")
                            .body()
                            .lines())
                    .hasSize(7)
                    .first()
                    .asString()
                    .contains("\"id\":9007199254740993");
            assertThat(serving.get(path + "?format=ndjson&value_format=registry")
                            .body())
                    .contains("\"name\":\"shop.Paid\"", "{\"done\":");
        }
    }

    private static List<Integer> offsets(JsonNode page) {
        List<Integer> offsets = new ArrayList<>();
        page.get("records").forEach(record -> offsets.add(record.get("offset").intValue()));
        return offsets;
    }

    @Test
    void aSchemaInAFileIsThatOfAllPayloads() throws IOException {
        Path schema = Files.writeString(dir.resolve("order.avsc"), AVRO);
        try (Records records = Records.into(Broker.topic("typedfile", 1, Map.of()))) {
            records.send(0, 1_000, null, order()).flush();
            String file = "file:" + schema;

            String printed = Cli.run(
                            "page",
                            "--bootstrap-server",
                            Broker.servers(),
                            "--topic",
                            records.topic(),
                            "--value-format",
                            "avro",
                            "--value-schema",
                            file)
                    .exits(0)
                    .out();

            assertThat(printed)
                    .contains("\"id\":9007199254740993", "\"valueSchema\":{\"type\":\"avro\",\"name\":\"shop.Order\"}");
            assertThat(page(records.topic(), "--value-schema", file).exits(2).err())
                    .contains("--value-schema file:FILE goes with --value-format avro, protobuf or json-schema");
            assertThat(page(records.topic(), "--value-format", "avro", "--value-schema", "latest")
                            .exits(2)
                            .err())
                    .contains("is no file:FILE");
        }
    }

    private Cli.Result page(String topic, String... more) {
        String[] connection = {
            "page", "--bootstrap-server", Broker.servers(), "--topic", topic, "--schema-registry", registry.url()
        };
        return Cli.run(Stream.of(connection, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private Cli.Result asServer(String server, String topic, String... more) {
        String[] connection = {"page", "--server", server, "--topic", topic};
        return Cli.run(
                Map.of("PAGEWALK_SECRET", Serving.SECRET),
                "",
                Stream.of(connection, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private Records allKinds(String purpose) {
        String topic = Broker.topic(purpose, 1, Map.of());
        registry.register(topic + "-value", "AVRO", AVRO);
        registry.register(topic + "-paid", "PROTOBUF", PROTOBUF);
        registry.register(topic + "-cart", "JSON", JSON);
        Records records = Records.into(topic);
        List<byte[]> values = new ArrayList<>();
        values.add(framed(1, order()));
        values.add(framed(2, paid()));
        values.add(framed(3, "{\"id\":9007199254740993,\"open\":true}".getBytes(UTF_8)));
        values.add(null);
        values.add(framed(UNKNOWN, order()));
        values.add(truncated());
        values.add("no frame".getBytes(UTF_8));
        for (int i = 0; i < values.size(); i++) {
            records.send(0, 1_000 + i, ("k" + i).getBytes(UTF_8), values.get(i));
        }
        return records.flush();
    }

    private static byte[] truncated() {
        byte[] whole = framed(1, order());
        return Arrays.copyOf(whole, whole.length - 1);
    }

    private static byte[] framed(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] order() {
        Schema schema = new Schema.Parser().parse(AVRO);
        GenericRecord order = new GenericData.Record(schema);
        order.put("zone", "north");
        order.put("id", EXACT);
        order.put("price", ByteBuffer.wrap(new byte[] {0x04, (byte) 0xCE}));
        order.put("at", 1_700_000_000_123L);
        order.put("raw", ByteBuffer.wrap(new byte[] {0, 1}));
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schema).write(order, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The second message of its file: one number says so, before the message. */
    private static byte[] paid() {
        Descriptor paid = descriptor();
        byte[] message = DynamicMessage.newBuilder(paid)
                .setField(paid.findFieldByName("order_id"), EXACT)
                .setField(paid.findFieldByName("note"), "paid")
                .build()
                .toByteArray();
        return ByteBuffer.allocate(2 + message.length)
                .put((byte) 2)
                .put((byte) 2)
                .put(message)
                .array();
    }

    private static Descriptor descriptor() {
        DescriptorProto paid = DescriptorProto.newBuilder()
                .setName("Paid")
                .addField(field("order_id", 1, FieldDescriptorProto.Type.TYPE_INT64))
                .addField(field("note", 2, FieldDescriptorProto.Type.TYPE_STRING))
                .build();
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("paid.proto")
                .setPackage("shop")
                .setSyntax("proto3")
                .addMessageType(paid)
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Paid");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }
}
