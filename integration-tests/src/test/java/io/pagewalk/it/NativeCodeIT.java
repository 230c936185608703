package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.fixture.S3Store;
import io.pagewalk.it.fixture.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Codecs unpack their native code into the temporary directory, and tell in many lines where that fails. What an export needs
 * of it is said in one line; what it can do without, in none.
 */
class NativeCodeIT {
    @TempDir
    Path dir;

    /** How the topic is compressed, the format of the files and how they are compressed. */
    @ParameterizedTest
    @CsvSource({"none, parquet, zstd, 2", "lz4, jsonl, gzip, 0"})
    @LongCases({"snappy, jsonl, none, 2", "none, jsonl, zstd, 2", "none, parquet, snappy, 2", "gzip, parquet, gzip, 0"})
    void aDirectoryThatCannotBeWrittenIsToldInOneLine(String topic, String format, String compression, int code)
            throws Exception {
        assertOneLine(
                export(
                        unusable(),
                        topic,
                        format,
                        compression,
                        dir.resolve("out").toString()),
                code,
                unusable());
    }

    @ParameterizedTest
    @CsvSource("snappy, jsonl, none, 2")
    @LongCases({"zstd, jsonl, none, 2", "none, parquet, zstd, 2", "lz4, jsonl, gzip, 0"})
    void aDirectoryFromWhichNothingMayRunIsToldInOneLine(String topic, String format, String compression, int code)
            throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("noexec"), "noexec,size=64m")) {
            assertOneLine(
                    export(
                            disk.directory(),
                            topic,
                            format,
                            compression,
                            dir.resolve("out").toString()),
                    code,
                    disk.directory());
        }
    }

    @ParameterizedTest
    @CsvSource({"none, parquet, zstd, 2", "gzip, jsonl, gzip, 0"})
    @LongTest
    void theSameOnAnObjectStore(String topic, String format, String compression, int code) throws Exception {
        RemoteStore store = new S3Store();
        String place = store.place("native");
        List<String> properties = new ArrayList<>();
        store.properties().forEach((name, value) -> properties.add("-D" + name + "=" + value));

        Result result = export(unusable(), topic, format, compression, place, properties.toArray(String[]::new));

        assertOneLine(result, code, unusable());
    }

    @Test
    @LongTest
    void debuggingShowsWhatLibrariesPrint() throws Exception {
        Result result =
                export(unusable(), "snappy", "jsonl", "none", dir.resolve("out").toString(), "--debug");

        assertThat(result.exits(2).err()).contains("\tat org.xerial.snappy", "-Djava.io.tmpdir=");
    }

    @Test
    void anotherDirectoryHelps() throws Exception {
        Path other = Files.createDirectory(dir.resolve("other"));

        export(other, "snappy", "parquet", "snappy", dir.resolve("out").toString())
                .exits(0);

        assertThat(new Output(dir.resolve("out")).dataFiles()).isNotEmpty();
    }

    /** Also for one to whom no permission is denied. */
    private Path unusable() throws IOException {
        Path file = dir.resolve("file");
        return Files.exists(file) ? file : Files.createFile(file);
    }

    private static void assertOneLine(Result result, int code, Path temporary) {
        result.exits(code);
        if (code != 0) {
            assertThat(result.error())
                    .contains(temporary.toString(), "PAGEWALK_OPTS=-Djava.io.tmpdir=DIR")
                    .doesNotContain("run again");
        }
        assertThat(result.err().lines().filter(line -> !line.startsWith("pagewalk: ")))
                .noneMatch(line -> line.startsWith("\tat ") || line.matches(".*(Exception|Error|WARN|SLF4J).*"));
    }

    private Result export(
            Path temporary, String topicCompression, String format, String compression, String output, String... more)
            throws IOException, InterruptedException {
        String topic = Broker.topic("native", 1);
        try (Records records = Records.into(topic, Map.of("compression.type", topicCompression))) {
            records.send(0, 100).flush();
        }
        List<String> arguments = new ArrayList<>(List.of(Cli.exportArguments(topic, Path.of("unused"))));
        arguments.set(arguments.indexOf("unused"), output);
        arguments.addAll(List.of("--format", format, "--compression", compression));
        arguments.addAll(List.of(more));
        try (CliProcess process = CliProcess.start(
                List.of("-Djava.io.tmpdir=" + temporary), Map.of(), arguments.toArray(String[]::new))) {
            return process.await();
        }
    }
}
