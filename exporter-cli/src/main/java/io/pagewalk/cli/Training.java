package io.pagewalk.cli;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.training.TrainingBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the commands once, in a temporary directory and against a broker of its own, for the JVM to learn from: the launcher
 * has it keep the classes that were loaded, for later starts. Exits 1 if a command fails, which means a bug.
 */
final class Training {
    private final TrainingBroker broker;
    private final Path directory;

    private Training(TrainingBroker broker, Path directory) {
        this.broker = broker;
        this.directory = directory;
    }

    /** Takes no arguments. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        String failure = train();
        if (!failure.isEmpty()) {
            System.err.println(failure);
            System.exit(1);
        }
    }

    /** What the command that failed has said; empty if none did. */
    static String train() throws IOException {
        Path directory = Files.createTempDirectory("pagewalk-training");
        try (TrainingBroker broker = TrainingBroker.start()) {
            return new Training(broker, directory).run();
        } finally {
            delete(directory);
        }
    }

    private String run() {
        String parquet = directory.resolve("parquet").toString();
        String jsonl = directory.resolve("jsonl").toString();
        List<String[]> commands = List.of(
                command("--version"),
                command("--help"),
                onTopic("plan"),
                onTopic("page", "--page-size", "10"),
                onTopic(
                        "export",
                        "--output",
                        parquet,
                        "--report",
                        directory.resolve("report.json").toString()),
                onTopic("export", "--output", parquet),
                command("status", "--output", parquet),
                onTopic("export", "--output", jsonl, "--format", "jsonl", "--page-size", "1000"),
                onTopic("export", "--output", jsonl + "-none", "--format", "jsonl", "--compression", "none"));
        for (String[] command : commands) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Console console =
                    new Console(OutputStream.nullOutputStream(), said, InputStream.nullInputStream(), Map.of(), false);
            if (Main.run(console, command) != ExitCode.COMPLETE.code()) {
                return String.join(" ", command) + ": " + said.toString(StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String[] command(String... arguments) {
        return arguments;
    }

    private String[] onTopic(String command, String... more) {
        return Stream.concat(
                        Stream.of(command, "--bootstrap-server", broker.bootstrapServers(), "--topic", broker.topic()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
