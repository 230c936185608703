package io.pagewalk.it.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.internal.schema.registry.StandInRegistry.Answer;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Typed columns that executors write. */
@ParameterizedClass
@MethodSource("io.pagewalk.it.spark.SparkInstallation#versions")
@EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
class SparkTypedIT extends SparkTest {
    private static final Schema FIRST = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"},{"name":"note","type":"string"}]}""");
    private static final Schema SECOND = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[{"name":"note","type":"string"}]}""");
    /** The table has no column for what it adds, so its records are set aside. */
    private static final Schema THIRD = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[{"name":"note","type":"string"},{"name":"extra","type":"int"}]}""");

    @Test
    void idsThatExecutorsMeetAreOnRecordAndFilesAreThoseOfThreads() throws Exception {
        String topic = Broker.topic("sparktyped", 2, Map.of());
        try (StandInRegistry registry = StandInRegistry.start();
                Records records = Records.into(topic)) {
            registry.registerAs(1, topic + "-value", "AVRO", FIRST.toString());
            registry.registerAs(2, topic + "-value", "AVRO", SECOND.toString());
            registry.registerAs(3, topic + "-value", "AVRO", THIRD.toString());
            // As if the later ones were registered between the freeze and the first record of them.
            registry.answer(request ->
                    request.path().contains("/versions?") && request.path().contains("/subjects/")
                            ? Answer.json(200, "[1]")
                            : null);
            for (int i = 0; i < 1500; i++) {
                records.forget(i / 3 % 2, null, order(i));
            }
            records.flush();
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));
            String[] typed = {
                "--value-format", "avro", "--schema-registry", registry.url(), "--on-bad-record", "dead-letter"
            };

            try (CliProcess driver = spark.submit(
                    "local-cluster[2,1,1024]",
                    List.of(),
                    small(topic, there.directory().toString(), typed).toArray(String[]::new))) {
                driver.await().exits(8);
            }
            Cli.run(small(topic, here.directory().toString(), typed).toArray(String[]::new))
                    .exits(8);

            assertSame(there, here);
            assertThat(deadLetters(there)).isEqualTo(deadLetters(here)).isNotEmpty();
            assertThat(met(there, topic)).containsExactlyInAnyOrder("2", "3");
            Cli.run("verify", "--output", there.directory().toString(), "--deep")
                    .exits(0);
        }
    }

    private static byte[] order(int i) {
        if (i % 400 == 399) {
            return AvroPayloads.framed(3, THIRD, AvroPayloads.record(THIRD, "third " + i, i));
        }
        return i > 700 && i % 2 == 0
                ? AvroPayloads.framed(2, SECOND, AvroPayloads.record(SECOND, "later " + i))
                : AvroPayloads.framed(1, FIRST, AvroPayloads.record(FIRST, i, "note " + i));
    }

    private static List<String> met(Output output, String topic) {
        List<String> met = new ArrayList<>();
        for (byte[] entry : output.entries(topic).values()) {
            for (JsonNode each : Output.json(new String(entry, UTF_8)).path("met")) {
                met.add(each.get("id").asText());
            }
        }
        return met;
    }

    private static List<String> deadLetters(Output output) throws Exception {
        List<String> letters = new ArrayList<>();
        for (String name : output.allFiles()) {
            if (name.contains("/dead-letters/")) {
                letters.add(Path.of(name).getFileName() + "\n"
                        + Files.readString(output.directory().resolve(name)));
            }
        }
        return letters;
    }
}
