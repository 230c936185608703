package io.pagewalk.it.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Records;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that say which schema a value has are bytes, also beside others that are text. */
class TypedHeadersIT {
    private static final String SCHEMA = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]}""";

    private final StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest(name = "{0}, --header-format {1}")
    @CsvSource({"parquet, string", "parquet, auto", "jsonl, auto"})
    void areBase64WhereHeadersAreText(String format, String headerFormat) {
        String topic = Broker.topic("typedheaders" + format, 1, Map.of());
        registry.register(topic + "-value", "AVRO", SCHEMA);
        // As the stand-in makes it of the schema.
        UUID guid = UUID.nameUUIDFromBytes(("AVRO" + SCHEMA + "[]").getBytes(UTF_8));
        byte[] frame = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 20; i++) {
                records.send(
                        0,
                        1000 + i,
                        null,
                        new byte[] {(byte) (2 * i)},
                        Records.header("source", ("shop " + i).getBytes(UTF_8)),
                        Records.header("__value_schema_id", frame));
            }
            records.flush();
            Path out = dir.resolve("out");

            Cli.Result result = Cli.run(
                            "export",
                            "--bootstrap-server",
                            Broker.servers(),
                            "--topic",
                            topic,
                            "--output",
                            out.toString(),
                            "--progress",
                            "none",
                            "--schema-registry",
                            registry.url(),
                            "--value-format",
                            "avro",
                            "--header-format",
                            headerFormat,
                            "--format",
                            format)
                    .exits(0);

            assertThat(result.err()).doesNotContain("--header-format bytes");
            String table = format.equals("parquet")
                    ? "read_parquet('" + out + "/*.parquet')"
                    : "read_json('" + out + "/*.jsonl.zst')";
            assertThat(DuckDb.query("SELECT count(*), sum(value.id), min(headers[1].value), min(headers[2].value),"
                            + " max(headers[2].value) FROM " + table))
                    .containsExactly(List.of(
                            "20",
                            "190",
                            "shop 0",
                            Base64.getEncoder().encodeToString(frame),
                            Base64.getEncoder().encodeToString(frame)));
            Cli.run("verify", "--output", out.toString(), "--deep").exits(0);
            Cli.run("verify", "--output", out.toString(), "--against-topic", "--bootstrap-server", Broker.servers())
                    .exits(0);
        }
    }
}
