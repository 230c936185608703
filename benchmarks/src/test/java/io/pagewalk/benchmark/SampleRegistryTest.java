package io.pagewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.benchmark.macro.kafka.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleRegistryTest {
    private final SampleRegistry registry;

    SampleRegistryTest() throws IOException {
        registry = SampleRegistry.start();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void topicsOfAnyLengthHaveTheVersionsOfTheirShape() throws Exception {
        String subject = new Topic(Shape.PROTOBUF, 3_000_000, 8).name() + "-value";

        assertThat(get("/subjects/" + subject + "/versions?deleted=true").toString())
                .isEqualTo("[1,2]");
        JsonNode newest = get("/subjects/" + subject + "/versions/2?deleted=true");
        assertThat(newest.path("schemaType").asText()).isEqualTo("PROTOBUF");
        assertThat(newest.path("id").asInt()).isEqualTo(4);
        assertThat(get("/schemas/ids/4").path("schema")).isEqualTo(newest.path("schema"));
    }

    @Test
    void whatItHasNotIsUnknownAsARegistrySaysIt() throws Exception {
        String untyped = new Topic(Shape.ORDERS, 3_000_000, 8).name() + "-value";

        assertThat(status("/subjects/" + untyped + "/versions")).isEqualTo(404);
        assertThat(status("/subjects/avro-1-1-key/versions")).isEqualTo(404);
        assertThat(status("/schemas/ids/99")).isEqualTo(404);
    }

    private JsonNode get(String path) throws IOException {
        try (InputStream in = URI.create(registry.url() + path).toURL().openStream()) {
            return new ObjectMapper().readTree(in);
        }
    }

    private int status(String path) throws IOException {
        return ((HttpURLConnection) URI.create(registry.url() + path).toURL().openConnection()).getResponseCode();
    }
}
