package io.pagewalk.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of a schema, as an independent serializer makes them, and what an independent reader makes of them.
 *
 * @param name tells it from others
 * @param kind of the schema, as registries call it
 * @param schema its text
 * @param payloads without frames
 * @param expected the values of each
 */
public record TypedCase(
        String name, String kind, String schema, List<byte[]> payloads, List<@Nullable Object> expected) {
    private static final byte[] FIRST_MESSAGE = {0};

    /** Exports all of them, into files of that format. */
    public void export(Path out, String format) {
        String topic = Broker.topic("typedcase", 1, Map.of());
        try (StandInRegistry registry = StandInRegistry.start();
                Records records = Records.into(topic)) {
            int id = registry.register(topic + "-value", kind, schema);
            for (byte[] payload : payloads) {
                records.forget(0, null, framed(id, payload));
            }
            records.flush();
            Cli.export(
                            topic,
                            out,
                            "--format",
                            format,
                            "--compression",
                            format.equals("jsonl") ? "none" : "zstd",
                            "--value-format",
                            "registry",
                            "--schema-registry",
                            registry.url())
                    .exits(0);
        }
    }

    private byte[] framed(int id, byte[] payload) {
        if (kind.equals("AVRO")) {
            return AvroPayloads.framed(id, payload);
        }
        byte[] body = new byte[payload.length + FIRST_MESSAGE.length];
        System.arraycopy(payload, 0, body, FIRST_MESSAGE.length, payload.length);
        return AvroPayloads.framed(id, body);
    }

    /** Checks that a reader has found the values, in the order of the payloads. */
    public void assertRead(String reader, List<JsonNode> found) {
        assertThat(found).as("%s: rows that %s finds", this, reader).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(OracleMatch.difference(expected.get(i), found.get(i)))
                    .as("%s, value %d, %s%n%s", this, i, reader, schema)
                    .isNull();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
