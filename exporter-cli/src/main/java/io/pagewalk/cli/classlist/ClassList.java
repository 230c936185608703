package io.pagewalk.cli.classlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs the commands of a distribution on a topic of a real broker, and writes which classes they load to its
 * {@code lib/class-list}: {@code ClassList DISTRIBUTION DIRECTORY}. The directory is for temporary files, and new.
 */
final class ClassList {
    private final Path launcher;
    private final Path directory;
    private final String servers;

    private ClassList(Path launcher, Path directory, String servers) {
        this.launcher = launcher;
        this.directory = directory;
        this.servers = servers;
    }

    /** See the class. Writes no list if a command fails, which means a bug. */
    public static void main(String[] arguments) throws Exception {
        // Kafka's server does not start in Turkish.
        Locale.setDefault(Locale.ROOT);
        Path distribution = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"))) {
            SampleTopic.create(kafka.bootstrapServers());
            ClassList list = new ClassList(distribution.resolve("bin/pagewalk"), directory, kafka.bootstrapServers());
            list.runCommands();
            Files.write(distribution.resolve("lib/class-list"), list.listed());
        }
    }

    /** Two rows of commands, side by side where there are processors for it. */
    private void runCommands() {
        String parquet = directory.resolve("parquet").toString();
        String jsonl = directory.resolve("jsonl").toString();
        List<List<String>> first = List.of(
                onTopic("export", "--output", parquet, "--report", parquet + ".json"),
                List.of("verify", "--output", parquet, "--deep"));
        List<List<String>> second = List.of(
                onTopic("export", "--output", jsonl, "--format", "jsonl", "--page-size", "1000"),
                List.of("status", "--output", jsonl),
                onTopic("page", "--records", "10"));
        Stream.of(first, second).parallel().forEach(commands -> commands.forEach(this::run));
    }

    private List<String> onTopic(String command, String... more) {
        return Stream.concat(
                        Stream.of(command, "--bootstrap-server", servers, "--topic", SampleTopic.NAME), Stream.of(more))
                .toList();
    }

    private void run(List<String> command) {
        try {
            Path said = Files.createTempFile(directory, "command", ".said");
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), command.stream())
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment()
                    .put("PAGEWALK_OPTS", "-XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList=" + said + ".loaded");
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(said, UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In an order that does not depend on which thread loaded a class first. */
    private Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.loaded")) {
            for (Path file : files) {
                Files.readAllLines(file, UTF_8).stream()
                        .filter(ClassList::isOfEveryJava)
                        .map(line -> line.replaceFirst(" id: .*", ""))
                        .forEach(listed::add);
            }
        }
        return listed;
    }

    /** Not what the list of one process is about: numbers of its classes, and entries of their constant pools. */
    private static boolean isOfEveryJava(String line) {
        return !line.startsWith("#") && !line.startsWith("@cp") && !line.contains(" source: ");
    }
}
