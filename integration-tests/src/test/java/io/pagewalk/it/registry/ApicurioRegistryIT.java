package io.pagewalk.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.FrameDetector;
import io.pagewalk.internal.schema.frame.FrameFault;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.FrameParser;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.RegistryClient;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaFileCodec;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.internal.schema.registry.SubjectVersion;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A real registry, and frames that its own serializers wrote. */
@EnabledIfSystemProperty(named = ApicurioServer.PROPERTY, matches = ".+")
class ApicurioRegistryIT {
    private static final String BASE = "{\"type\":\"record\",\"name\":\"Base\",\"namespace\":\"x\",\"fields\":[]}";
    /** 150 as Avro writes it. */
    private static final byte[] BODY = {(byte) 0xAC, 2};

    private static ApicurioServer server;
    private static final Map<String, RecordView> records = new LinkedHashMap<>();

    @BeforeAll
    static void start(@TempDir Path scratch) throws Exception {
        server = new ApicurioServer(scratch);
        server.register("base-value", schema("AVRO", BASE, ""));
        server.register(
                "top%2Fvalue",
                schema(
                        "AVRO",
                        "{\"type\":\"record\",\"name\":\"Top\",\"namespace\":\"x\",\"fields\":[{\"name\":\"b\",\"type\":\"x.Base\"}]}",
                        ",\"references\":[{\"name\":\"x.Base\",\"subject\":\"base-value\",\"version\":1}]"));
        server.register("proto-value", schema("PROTOBUF", "syntax = \"proto3\"; message M { int32 a = 1; }", ""));
        server.register(
                "json-value",
                schema("JSON", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}", ""));
        for (int i = 0; i < 30; i++) {
            server.register("many-value", schema("AVRO", BASE.replace("[]", field(i)), ""));
        }
        for (String line : server.serialized(scratch)) {
            String[] parts = line.split("\t", -1);
            ReusableRecord record = new ReusableRecord()
                    .begin("orders", 0, 0, 0, TimestampType.CREATE_TIME)
                    .value(Base64.getDecoder().decode(parts[2]));
            for (int i = 3; i < parts.length; i += 2) {
                record.header(
                        Base64.getDecoder().decode(parts[i]),
                        Base64.getDecoder().decode(parts[i + 1]));
            }
            records.put(parts[1], record.view().copy());
        }
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String field(int i) {
        return "[{\"name\":\"f" + i + "\",\"type\":[\"null\",\"int\"],\"default\":null}]";
    }

    private static String schema(String type, String text, String more) {
        return "{\"schemaType\":\"" + type + "\",\"schema\":\"" + text.replace("\"", "\\\"") + "\"" + more + "}";
    }

    private static RegistryClient client(String url) {
        return new RegistryClient(
                RegistrySettings.of(url, Map.of(), Map.of()), null, Duration.ofSeconds(30), () -> false);
    }

    private static RegisteredSchema found(SchemaAnswer answer) {
        assertThat(answer).isInstanceOf(SchemaAnswer.Found.class);
        return ((SchemaAnswer.Found) answer).schema();
    }

    @Test
    void subjectsVersionsAndIdsAreRead() {
        RegistryClient client = client(server.confluent());
        assertThat(client.subjects()).contains("base-value", "top/value", "proto-value", "json-value", "many-value");
        assertThat(client.versions("top/value")).containsExactly(1);
        assertThat(client.versions("nobody")).isEmpty();
        assertThat(client.version("base-value", 7)).isNull();
        assertThat(client.allVersions("many-value")).hasSize(30);
        RegisteredSchema top = found(client.latest("top/value").schema());
        assertThat(top.references()).extracting(RegisteredSchema.Named::name).containsExactly("x.Base");
        assertThat(SchemaFileCodec.decode(SchemaFileCodec.encode(top), top.digest()))
                .isEqualTo(top);
        SchemaKey id = client.version("base-value", 1).key();
        assertThat(found(client.find(id)).text()).isEqualTo(BASE);
        assertThat(client.subjectsOf(id)).contains(new SubjectVersion("base-value", 1));
        assertThat(client.subjectsOf(new SchemaKey.Id(99_999))).isEmpty();
        assertThat(client.find(new SchemaKey.Id(99_999))).isInstanceOf(SchemaAnswer.Unknown.class);
        assertThat(found(client.latest("proto-value").schema()).kind()).isEqualTo(SchemaKind.PROTOBUF);
        assertThat(found(client.latest("json-value").schema()).kind()).isEqualTo(SchemaKind.JSON_SCHEMA);
    }

    @Test
    void aWrongPathAndAGuidAreNotUnknown() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client(server.confluent().replace("/apis/ccompat/v7", ""))
                        .find(new SchemaKey.Id(1)));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> client(server.confluent()).find(new SchemaKey.Guid(new UUID(1, 2))))
                .withMessageContaining("by GUID");
    }

    @Test
    void idsOfItsOwnMeanTheSameByEitherUrl() {
        for (String url : new String[] {server.confluent(), server.own()}) {
            RegistryClient client = client(url);
            RegisteredSchema named = found(client.find(new SchemaKey.Coordinates("", "top/value", "1")));
            assertThat(named.references()).hasSize(1);
            assertThat(found(client.find(new SchemaKey.Coordinates("", "base-value", "")))
                            .text())
                    .isEqualTo(BASE);
            SchemaKey.Id id = (SchemaKey.Id)
                    client(server.confluent()).latest("top/value").key();
            assertThat(found(client.find(new SchemaKey.ContentId(id.id())))).isEqualTo(named);
            for (SchemaKey key : new SchemaKey[] {
                new SchemaKey.ContentId(99_999),
                new SchemaKey.GlobalId(99_999),
                new SchemaKey.Coordinates("", "nobody", "1"),
                new SchemaKey.Coordinates("", "base-value", "9")
            }) {
                assertThat(client.find(key)).as(key.text()).isInstanceOf(SchemaAnswer.Unknown.class);
            }
        }
    }

    private static void requireOrder(String name, FrameKind kind, boolean ownApi) {
        RecordView record = records.get(name);
        FrameDetector detector = new FrameDetector(false, ownApi);
        detector.sample(record);
        assertThat(detector.kind()).as(name).isEqualTo(kind);
        Frame frame = new Frame();
        assertThat(new FrameParser(kind, false, false, 1000).parse(record, record.value(), frame))
                .as(name)
                .isTrue();
        assertThat(Arrays.copyOfRange(frame.array(), frame.offset(), frame.end()))
                .as(name)
                .isEqualTo(BODY);
        assertThat(found(client(ownApi ? server.own() : server.confluent()).find(frame.key()))
                        .text())
                .as(name)
                .contains("Order");
    }

    @Test
    void framesOfItsSerializersNameTheirSchema() {
        requireOrder("content", FrameKind.CONFLUENT, false);
        requireOrder("content", FrameKind.APICURIO_CONTENT, true);
        requireOrder("legacy", FrameKind.APICURIO_GLOBAL, true);
        requireOrder("headers", FrameKind.APICURIO_HEADERS, true);
        requireOrder("global-headers", FrameKind.APICURIO_HEADERS, false);
    }

    @Test
    void aGlobalIdOf32BitsIsReadWhereThatIsSaid() {
        RecordView record = records.get("global");
        Frame frame = new Frame();
        assertThat(new FrameParser(FrameKind.APICURIO_GLOBAL, false, false, 1000).parse(record, record.value(), frame))
                .isTrue();
        assertThat(found(client(server.own()).find(frame.key())).text()).contains("Order");
    }

    @Test
    void avroInJsonIsToldByItsHeader() {
        RecordView record = records.get("json");
        Frame frame = new Frame();
        assertThat(new FrameParser(FrameKind.APICURIO_HEADERS, false, false, 1000).parse(record, record.value(), frame))
                .isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.JSON_ENCODING);
    }
}
