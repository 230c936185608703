package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics may begin with what hides a file, or turns it into something else, for who reads the output. */
class TopicNamesIT {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({"_hidden,parquet", ".hidden,jsonl", "-option,parquet"})
    @LongCases({".hidden,parquet", "_hidden,jsonl", "-option,jsonl"})
    void everyReaderSeesAllFilesWhateverTheTopicBeginsWith(String name, String format) throws Exception {
        try (Records records = Records.filled(name + "-" + format, 50, 20)) {
            Output output = new Output(dir.resolve("out"));

            export(records.topic(), output.directory(), "--file-size", "20", "--format", format)
                    .exits(0);

            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(records.topic());
            assertThat(output.dataFiles().keySet()).allMatch(file -> file.matches("[A-Za-z0-9].*"));
            String files = format.equals("parquet") ? "*.parquet" : "*.jsonl.zst";
            assertThat(DuckDb.queryIn(output.directory(), "SELECT count(*) FROM '" + files + "'"))
                    .as("DuckDB, started in the output")
                    .isEqualTo("70");
            assertThat(count(output.directory(), files))
                    .as("a command of the shell, there")
                    .isEqualTo("4");
        }
    }

    private static Cli.Result export(String topic, Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(Cli.exportArguments(topic, output, more)));
        int option = arguments.indexOf("--topic");
        arguments.set(option, "--topic=" + topic);
        arguments.remove(option + 1);
        return Cli.run(arguments.toArray(String[]::new));
    }

    private static String count(Path directory, String files) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "ls " + files + " | wc -l")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    }
}
