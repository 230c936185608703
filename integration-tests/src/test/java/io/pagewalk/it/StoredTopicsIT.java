package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.FilledTopics;
import io.pagewalk.it.fixture.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for what is there already take many topics, too: by a selection, or by the directory that they are in. */
class StoredTopicsIT {

    @TempDir
    Path dir;

    private Path out;

    @BeforeAll
    static void fill() {
        assertThat(new FilledTopics("kept", 5, 10).names()).hasSize(5);
    }

    @BeforeEach
    void export() {
        out = dir.resolve("out");
        Cli.run(FilledTopics.arguments("kept-.*", out)).exits(0);
    }

    private Result run(String command, String... more) {
        return Cli.run(Stream.of(new String[] {command, "--output", out.toString()}, more)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    private void leaveUnfinished(String topic) {
        Cli.run("delete", "--output", out.resolve(topic).toString(), "--yes").exits(0);
        Cli.export(topic, out.resolve(topic), "--page-size", "4", "--max-pages", "1")
                .exits(3);
    }

    @Test
    void statusTellsALineOfEachAndEndsWithTheGravest() {
        Result complete = run("status").exits(0);
        leaveUnfinished("kept-03");

        Result not = run("status").exits(3);
        Result others =
                run("status", "--topics", "kept-.*", "--exclude", "kept-03").exits(0);
        JsonNode json = Output.json(run("status", "--json").exits(3).out());

        assertThat(complete.out())
                .contains("kept-00: complete, 1 page, 1 file, 10 records")
                .contains("5 topics, by exit code: 0: 5");
        assertThat(not.out()).contains("kept-03: not complete, ", "5 topics, by exit code: 0: 4, 3: 1");
        assertThat(others.out()).contains("4 topics, by exit code: 0: 4").doesNotContain("kept-03");
        assertThat(json.get("exitCode").asInt()).isEqualTo(3);
        assertThat(json.get("exports").get(0).get("export").get("complete").asBoolean())
                .isTrue();
        assertThat(json.get("exports").get(3).get("exitCode").asInt()).isEqualTo(3);
    }

    @Test
    void verifyAuditsEachAndNamesTheOneThatIsDamaged() throws IOException {
        Result well = run("verify", "--deep").exits(0);
        try (Stream<Path> files = Files.list(out.resolve("kept-02"))) {
            Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }

        Result damaged = run("verify").exits(9);

        assertThat(well.out()).contains("kept-04: as recorded: 1 file, 14 records, every record decoded");
        assertThat(damaged.out())
                .contains("kept-02: finding: ", "kept-01: as recorded: 1 file", "5 topics, by exit code: 0: 4, 9: 1");
    }

    @Test
    void verifyComparesEachWithItsTopic() {
        Result result = run("verify", "--against-topic", "--bootstrap-server", Broker.servers())
                .exits(0);

        assertThat(result.out()).contains("kept-00: as recorded: 1 file, 10 records, every record decoded, topic: ");
    }

    @Test
    void expireShowsWhatItWouldRemoveOfEach() {
        assertThat(run("expire", "--topics", "kept-.*", "--keep-runs", "1")
                        .exits(0)
                        .out())
                .contains("kept-00: nothing to expire in " + out.resolve("kept-00"));
    }

    @Test
    void deleteRemovesThoseThatAreNamedAlone() {
        String refused = run("delete", "--yes").exits(2).error();
        Result deleted = run("delete", "--yes", "--topics", "kept-0[12]").exits(0);

        assertThat(refused).contains("holds the exports of 5 topics", "--topics '.*'");
        assertThat(deleted.out()).contains("kept-01: deleted export kept-01 of topic kept-01: 1 file in ");
        assertThat(run("status").exits(0).out()).contains("3 topics, by exit code: 0: 3");
        assertThat(FilledTopics.output(out, "kept-01").dataFiles()).isEmpty();
        assertThat(FilledTopics.output(out, "kept-03").dataFiles()).hasSize(1);
    }

    @Test
    void planTellsALineOfEach() {
        String[] plan = {"plan", "--bootstrap-server", Broker.servers(), "--topics", "kept-.*"};

        assertThat(Cli.run(plan).exits(0).out())
                .contains(
                        "kept-00: 10 offsets in 1 partition, about ", "1 file, 1 page", "5 topics, by exit code: 0: 5");
    }

    @Test
    void aTopicThatIsNamedAndHasNoExportIs2AndTheOthersAreToldOf() {
        Result result = run("status", "--topics", "kept-00,kept-gone").exits(2);

        assertThat(result.out()).contains("kept-00: complete");
        assertThat(result.err()).contains("kept-gone: there is no export in", "(exit code 2)");
        assertThat(run("status", "--topics", "nothing-.*").exits(2).error()).contains("matches --topics nothing-.*");
    }

    @Test
    void anOutputOfOneExportIsStillOne() {
        String one = Cli.run("status", "--output", out.resolve("kept-00").toString())
                .exits(0)
                .out();

        assertThat(one).contains("Export       kept-00 of topic kept-00");
    }

    @Test
    void anOutputWithoutAnyIsRefusedAsBefore() throws IOException {
        out = Files.createDirectories(dir.resolve("empty"));

        assertThat(run("status").exits(2).error()).contains("there is no export in " + out);
    }
}
