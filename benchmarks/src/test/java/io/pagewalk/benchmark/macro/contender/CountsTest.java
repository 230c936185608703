package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.benchmark.Shape;
import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountsTest {
    @TempDir
    Path directory;

    @Test
    void countsTheLinesOfAllFilesOfAKind() throws Exception {
        Files.writeString(directory.resolve("a.jsonl"), "1\n2\n", UTF_8);
        Files.writeString(directory.resolve("b.jsonl"), "3\n", UTF_8);
        Files.writeString(directory.resolve("c.txt"), "4\n", UTF_8);

        assertThat(Counts.lines(directory, ".jsonl")).isEqualTo(3);
    }

    @Test
    void refusesACopyThatIsNotComplete() {
        Copy copy = new Copy("servers", new Topic(Shape.ORDERS, 1000, 8), directory);

        copy.expect(1000);
        assertThatThrownBy(() -> copy.expect(999))
                .isInstanceOf(Failed.class)
                .hasMessage("the output holds 999 records, the topic 1000");
    }
}
