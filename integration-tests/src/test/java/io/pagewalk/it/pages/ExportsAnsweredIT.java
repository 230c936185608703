package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.FilledTopics;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of exports, by their logs. */
class ExportsAnsweredIT {
    @TempDir
    Path dir;

    private static JsonNode exports(Path... outputs) {
        try (Serving serving = Serving.startWithExports(List.of(outputs))) {
            assertThat(serving.get("/api/v1/exports").headers().firstValue("Cache-Control"))
                    .hasValue("no-store");
            serving.refused(400, "/api/v1/exports?a=b");
            return serving.json("/api/v1/exports").get("exports");
        }
    }

    @Test
    void eachHasItsStateWithWhatItCameTo() {
        try (Records records = Records.filled("httpexports", 30, 10)) {
            Path output = dir.resolve("output");
            Cli.export(records.topic(), output, "--page-size", "10", "--file-size", "5", "--max-pages", "1")
                    .exits(3);

            JsonNode half = exports(output).get(0);
            Cli.export(records.topic(), output, "--page-size", "10", "--file-size", "5")
                    .exits(0);
            JsonNode whole = exports(output).get(0);

            assertThat(half.get("topic").textValue()).isEqualTo(records.topic());
            assertThat(half.get("state").textValue()).isEqualTo("not-complete");
            assertThat(half.get("committedShare").doubleValue()).isEqualTo(0.25);
            assertThat(half.get("records").longValue()).isEqualTo(10);
            assertThat(names(whole))
                    .containsExactly(
                            "output",
                            "export",
                            "topic",
                            "state",
                            "run",
                            "committedShare",
                            "records",
                            "setAside",
                            "lost",
                            "bytes",
                            "frozen",
                            "lastCommit",
                            "headRoom");
            assertThat(whole.get("output").textValue()).endsWith("/output");
            assertThat(whole.get("state").textValue()).isEqualTo("complete");
            assertThat(whole.get("committedShare").doubleValue()).isEqualTo(1);
            assertThat(whole.get("records").longValue()).isEqualTo(40);
            assertThat(whole.get("lost").longValue()).isZero();
            assertThat(Instant.parse(whole.get("lastCommit").textValue()))
                    .isAfterOrEqualTo(Instant.parse(whole.get("frozen").textValue()));
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whatIsLostIsTold() {
        try (Records records = Records.filled("httplost", 30)) {
            Path output = dir.resolve("lost");
            Cli.export(records.topic(), output, "--page-size", "10", "--file-size", "10", "--max-pages", "1")
                    .exits(3);
            Broker.deleteRecords(records.topic(), 0, 25);
            Cli.export(records.topic(), output, "--page-size", "10", "--file-size", "10", "--on-data-loss", "record")
                    .exits(8);

            assertThat(exports(output).get(0).get("lost").longValue()).isEqualTo(15);
        }
    }

    @Test
    void anOutputOfManyTopicsHasThoseOfEach() {
        FilledTopics topics = new FilledTopics("httpmany", 3, 4);
        Cli.run(FilledTopics.arguments("httpmany-.*", dir.resolve("many"))).exits(0);

        JsonNode exports = exports(dir.resolve("many"));

        assertThat(exports.findValuesAsText("topic")).containsExactlyInAnyOrderElementsOf(topics.names());
    }

    @Test
    void aPlaceThatHasNoExportsSaysSoAndDoesNotHideTheOthers() throws IOException {
        try (Records records = Records.filled("httpbroken", 3)) {
            Path good = dir.resolve("good");
            Cli.export(records.topic(), good).exits(0);
            Path file = Files.writeString(dir.resolve("file"), "no directory");
            Path empty = Files.createDirectory(dir.resolve("empty"));
            Path none = dir.resolve("none");

            JsonNode exports = exports(file, empty, good, none);

            assertThat(exports.findValuesAsText("output"))
                    .containsExactly(file.toString(), empty.toString(), good.toString(), none.toString());
            for (int i : new int[] {0, 1, 3}) {
                assertThat(names(exports.get(i))).containsExactly("output", "problem");
                assertThat(exports.get(i).get("problem").textValue()).contains("no export", "check --exports");
            }
            assertThat(exports.get(2).get("state").textValue()).isEqualTo("complete");
            assertThat(none).doesNotExist();
        }
    }

    @Test
    void aLogThatCannotBeReadIsToldAndDoesNotHideTheOthers() throws IOException {
        FilledTopics topics = new FilledTopics("httpdamaged", 2, 4);
        Path many = dir.resolve("damaged");
        Cli.run(FilledTopics.arguments("httpdamaged-.*", many)).exits(0);
        Path damaged = many.resolve(topics.names().get(0));
        try (Stream<Path> files = Files.walk(damaged.resolve("_pagewalk"))) {
            for (Path entry :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                Files.writeString(entry, "{");
            }
        }

        JsonNode exports = exports(many);

        assertThat(exports.findValuesAsText("topic"))
                .doesNotContain(topics.names().get(0))
                .contains(topics.names().get(1));
        assertThat(exports.findValuesAsText("problem"))
                .singleElement()
                .asString()
                .isNotBlank();
    }
}
