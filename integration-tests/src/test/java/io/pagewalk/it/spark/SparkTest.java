package io.pagewalk.it.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.S3Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** What tests with an installation of Spark have in common. */
abstract class SparkTest {
    @Parameter
    String version;

    @TempDir
    Path dir;

    SparkInstallation spark;

    @BeforeEach
    void install() {
        spark = SparkInstallation.install(version, dir);
    }

    /** What exports a topic in small pages to a bucket of the server at a port. */
    static String[] toS3(String topic, String bucket, int port, String... more) {
        List<String> arguments = small(topic, "s3a://" + bucket, more);
        S3Server.properties(port).forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
        return arguments.toArray(String[]::new);
    }

    /** What exports a topic in small pages. */
    static List<String> small(String topic, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(Cli.exportArguments(
                topic,
                Path.of("replaced"),
                Stream.concat(Stream.of("--page-size", "600", "--file-size", "100"), Stream.of(more))
                        .toArray(String[]::new))));
        arguments.set(arguments.indexOf("replaced"), output);
        return arguments;
    }

    /** How many files are there, while others come and go. */
    static int published(Output output) {
        String[] names = output.directory().toFile().list((directory, name) -> name.endsWith(".parquet"));
        return names == null ? 0 : names.length;
    }

    static void assertSame(Output actual, Output expected) {
        assertThat(actual.dataFiles()).hasSameSizeAs(expected.dataFiles()).containsAllEntriesOf(expected.dataFiles());
    }

    static List<ProcessHandle> executors(CliProcess driver) {
        return driver.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }
}
