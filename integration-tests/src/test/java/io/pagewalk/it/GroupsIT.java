package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run keeps how far the consumer groups of its topic had come. */
class GroupsIT {
    @TempDir
    Path dir;

    @Test
    void areKeptWithEachRunUntilItExpires() throws IOException {
        try (Records records = Records.filled("groups", 7, 3);
                Records others = Records.filled("of-others", 2)) {
            commit("billing-" + records.topic(), records.topic(), Map.of(0, 5L, 1, 3L));
            commit("search-" + records.topic(), records.topic(), Map.of(1, 0L));
            commit("elsewhere-" + records.topic(), others.topic(), Map.of(0, 1L));
            String err = export(records).exits(0).err();
            commit("billing-" + records.topic(), records.topic(), Map.of(0, 7L));
            records.send(0, 2).flush();
            export(records).exits(0);

            assertThat(err).contains("keeps what 2 consumer groups of topic " + records.topic() + " had committed at ");
            JsonNode first = groups(records.topic(), 1);
            assertThat(first.at("/complete").asBoolean()).isTrue();
            assertThat(first.at("/topic").asText()).isEqualTo(records.topic());
            assertThat(first.at("/groups").toString())
                    .isEqualTo("[{\"group\":\"billing-" + records.topic() + "\",\"offsets\":[[0,5],[1,3]]},"
                            + "{\"group\":\"search-" + records.topic() + "\",\"offsets\":[[1,0]]}]");
            assertThat(groups(records.topic(), 2).at("/groups/0/offsets").toString())
                    .isEqualTo("[[0,7],[1,3]]");
            command("verify").exits(0);

            command("expire", "--keep-runs", "1", "--yes").exits(0);
            assertThat(files(records.topic())).hasSize(1).first().asString().startsWith("2-");
            command("verify").exits(0);
            command("delete", "--yes").exits(0);
            assertThat(files(records.topic())).isEmpty();
        }
    }

    @Test
    void areMissedByAnAuditIfTheyWereChangedOrRemoved() throws IOException {
        try (Records records = Records.filled("tampered", 7)) {
            commit("group-" + records.topic(), records.topic(), Map.of(0, 5L));
            export(records).exits(0);
            Path file = folder(records.topic()).resolve(files(records.topic()).get(0));

            Files.writeString(file, Files.readString(file, UTF_8).replace("[0,5]", "[0,6]"), UTF_8);
            assertThat(command("verify").exits(9).out()).contains("/groups/1-", "its checksum is sha256:");

            Files.delete(file);
            assertThat(command("verify").exits(9).out()).contains("/groups/1-", "missing");
        }
    }

    private JsonNode groups(String topic, int run) {
        JsonNode start = Output.json(new Output(dir).log(topic).resolveSibling(run + "/00000000000000000000.json"));
        JsonNode kept = start.at("/topicFacts/groups");
        JsonNode file = Output.json(dir.resolve(kept.at("/file").asText()));
        assertThat(kept.at("/count").asInt()).isEqualTo(file.at("/groups").size());
        return file;
    }

    private List<String> files(String topic) {
        String[] names = folder(topic).toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private Path folder(String topic) {
        return dir.resolve(Path.of("_pagewalk", topic, "1", "groups"));
    }

    private Cli.Result export(Records records) {
        return Cli.export(records.topic(), dir, "--incremental", "--with-groups");
    }

    private Cli.Result command(String name, String... more) {
        String[] all = new String[more.length + 3];
        all[0] = name;
        all[1] = "--output";
        all[2] = dir.toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return Cli.run(all);
    }

    private static void commit(String group, String topic, Map<Integer, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> committed = new java.util.HashMap<>();
        offsets.forEach((partition, offset) ->
                committed.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
        Broker.call(admin -> admin.alterConsumerGroupOffsets(group, committed).all());
    }
}
