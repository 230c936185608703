package io.pagewalk.internal.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.column.ColumnFreeze;
import io.pagewalk.internal.schema.column.FrozenColumn;
import io.pagewalk.internal.schema.column.SampledFrames;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegisteredVersion;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SubjectVersion;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class GlueRegistryTest {
    private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[]}";

    private final StandInGlue glue = new StandInGlue();

    @AfterEach
    void close() {
        glue.close();
    }

    @Test
    void findsSchemasOfVersionsByRequestsThatAreSigned() {
        UUID id = glue.register("default-registry/orders", "AVRO", SCHEMA);

        SchemaAnswer answer = registry(Map.of()).find(new SchemaKey.GlueVersion(id));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        SchemaAnswer.Found.class,
                        found -> assertThat(found.schema().text()).isEqualTo(SCHEMA));
        assertThat(glue.requests.get(0).get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=id/")
                .contains("/eu-west-1/glue/aws4_request", "SignedHeaders=", "x-amz-target", "Signature=");
        assertThat(registry(Map.of()).find(new SchemaKey.GlueVersion(new UUID(9, 9))))
                .isInstanceOf(SchemaAnswer.Unknown.class);
    }

    @Test
    void hasNamesOfSchemasForSubjects() {
        UUID first = glue.register("shop/orders", "AVRO", SCHEMA);
        glue.register("shop/other", "AVRO", SCHEMA);
        UUID second = glue.register("shop/orders", "AVRO", SCHEMA.replace("Order", "Order2"));
        GlueRegistry registry = registry(Map.of("registry.name", "shop"));

        assertThat(registry.subjectsOf(new SchemaKey.GlueVersion(first)))
                .containsExactly(new SubjectVersion("shop/orders", 1));
        assertThat(registry.subjects()).containsExactly("shop/orders", "shop/other");
        assertThat(registry.allVersions("shop/orders"))
                .extracting(RegisteredVersion::key)
                .containsExactly(new SchemaKey.GlueVersion(first), new SchemaKey.GlueVersion(second));
        assertThat(registry.versions("orders")).containsExactly(1, 2);
        assertThat(registry.versions("nothing")).isEmpty();
        assertThat(registry.version("orders", 3)).isNull();
    }

    @Test
    void asksAgainWhereThatMayHelp() {
        UUID id = glue.register("default-registry/orders", "AVRO", SCHEMA);
        glue.fail(2, "ThrottlingException");

        assertThat(registry(Map.of()).find(new SchemaKey.GlueVersion(id))).isInstanceOf(SchemaAnswer.Found.class);
        assertThat(glue.requests).hasSize(3);

        glue.close();
        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> registry(Map.of()).find(new SchemaKey.GlueVersion(id)))
                .withMessageContaining("does not answer");
    }

    @Test
    void saysWhereItIsNotLetIn() {
        UUID id = glue.register("default-registry/orders", "AVRO", SCHEMA);
        glue.fail(1, "AccessDeniedException");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> registry(Map.of()).find(new SchemaKey.GlueVersion(id)))
                .withMessageContaining("does not let in (AccessDeniedException)")
                .withMessageContaining("glue:GetSchemaVersion");
        assertThat(glue.requests).hasSize(1);
    }

    @Test
    void takesNoNamesAndSettingsThatAreNotItsOwn() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> GlueRegistry.of("glue:http://x", Map.of(), Duration.ofSeconds(1), () -> false))
                .withMessageContaining("names no region");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> registry(Map.of("basic.auth.user.info", "a:b")))
                .withMessageContaining("the setting basic.auth.user.info is none of AWS Glue's")
                .withMessageNotContaining("a:b");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> registry(Map.of()).find(new SchemaKey.Id(7)))
                .withMessageContaining("schema 7 is none of AWS Glue");
    }

    @Test
    void makesColumnsOfAllVersionsOfTheSchemasThatRecordsName() {
        String schema = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}";
        UUID first = glue.register("shop/orders", "AVRO", schema);
        glue.register("shop/orders", "AVRO", schema.replace("}]", "},{\"name\":\"note\",\"type\":\"string\"}]"));
        SampledFrames sampled = new SampledFrames(Part.VALUE, false);
        byte[] payload = ByteBuffer.allocate(19)
                .put((byte) 3)
                .put((byte) 0)
                .putLong(first.getMostSignificantBits())
                .putLong(first.getLeastSignificantBits())
                .put((byte) 2)
                .array();
        sampled.see(new ReusableRecord()
                .begin("orders", 0, 0, 0, TimestampType.CREATE_TIME)
                .value(payload)
                .view());

        FrozenColumn column = new ColumnFreeze(
                        "orders", Part.VALUE, SchemaChoice.of(SchemaChoice.REGISTRY), TimeUnit.MICROSECONDS)
                .fromRegistry(registry(Map.of()), sampled);

        assertThat(column.columns())
                .map(leaf -> leaf.path() + " " + leaf.type())
                .containsExactly("value.id int32", "value.note string");
        assertThat(column.pinned().frame()).isEqualTo(FrameKind.GLUE.toString());
        assertThat(column.pinned().versions())
                .extracting(PinnedSchemas.Version::id)
                .contains("glue:" + first)
                .hasSize(2);
    }

    private GlueRegistry registry(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("endpoint", glue.url());
        return GlueRegistry.of(
                "glue:eu-west-1",
                settings,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
                Duration.ofSeconds(2),
                () -> false);
    }

    @Test
    void knowsNoSubjectOfATopic() {
        assertThat(registry(Map.of()).usualSubject("orders", "value")).isEmpty();
        assertThat(registry(Map.of()).subjectsOf(new SchemaKey.Id(7))).isEqualTo(List.of());
    }
}
