package io.pagewalk.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of one topic are of several messages of one Protobuf schema. */
class TypedMessagesIT {
    private static final String FILE = """
            syntax = "proto3"; message Order { int32 id = 1; } message Parcel { string note = 1; }
            message Refund { int32 cents = 1; }""";

    private final StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void haveAMemberEachAndOthersAreSetAside() {
        String topic = Broker.topic("typedmessages", 1, Map.of());
        registry.register(topic + "-value", "PROTOBUF", FILE);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 50; i++) {
                records.send(0, null, new byte[] {0, 0, 0, 0, 1, 0, 8, (byte) i});
                records.send(0, null, new byte[] {0, 0, 0, 0, 1, 2, 2, 10, 1, 'x'});
            }
            records.send(0, null, new byte[] {0, 0, 0, 0, 1, 2, 4, 8, 1});
            records.send(0, null, new byte[] {0, 0, 0, 0, 1, 0, 8, 1, 72, 1});
            records.flush();
            Path out = dir.resolve("out");
            String[] named = {"--value-message", "Order", "--value-message", "Parcel", "--on-unknown-field", "bad"};

            export(topic, out, named).exits(6);
            export(
                            topic,
                            out,
                            Stream.of(named, new String[] {"--on-bad-record", "dead-letter"})
                                    .flatMap(Stream::of)
                                    .toArray(String[]::new))
                    .exits(8);
            export(topic, out).exits(2);

            assertThat(DuckDb.query("SELECT count(*), sum(value.Order.id), count(value.Order), count(value.Parcel.note)"
                            + " FROM read_parquet('" + out + "/*.parquet')"))
                    .containsExactly(List.of("100", "1225", "50", "50"));
            assertThat(DuckDb.query("SELECT error FROM read_json('" + out
                            + "/_pagewalk/*/1/dead-letters/*.jsonl') ORDER BY \"offset\""))
                    .containsExactly(
                            List.of("the payload is of another message than the column"),
                            List.of("the schema has no such field (at 9)"));
            Cli.run("verify", "--output", out.toString(), "--deep").exits(0);
        }
    }

    private Cli.Result export(String topic, Path out, String... more) {
        String[] typed = {"--schema-registry", registry.url(), "--value-format", "protobuf"};
        return Cli.run(Cli.exportArguments(
                topic, out, Stream.of(typed, more).flatMap(Stream::of).toArray(String[]::new)));
    }
}
