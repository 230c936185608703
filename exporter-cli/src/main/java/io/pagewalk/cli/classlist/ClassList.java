package io.pagewalk.cli.classlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Runs the commands of a distribution on a topic of a real broker, and writes which classes they load to its
 * {@code lib/class-list}: {@code ClassList DISTRIBUTION DIRECTORY}. The directory is for temporary files, and new.
 *
 * <p>With those that S3 takes as well there is a second list, {@code lib/class-list-s3}: a JVM pays for each class of an archive, used
 * or not, and these are three quarters more.
 */
final class ClassList {
    private final Path launcher;
    private final Path directory;
    private final String servers;
    private final SampleCertificate certificate;

    private ClassList(Path launcher, Path directory, String servers, SampleCertificate certificate) {
        this.launcher = launcher;
        this.directory = directory;
        this.servers = servers;
        this.certificate = certificate;
    }

    /** See the class. Writes no list if a command fails, which means a bug. */
    public static void main(String[] arguments) throws Exception {
        // Kafka's server does not start in Turkish.
        Locale.setDefault(Locale.ROOT);
        Path distribution = Path.of(arguments[0]);
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        SampleCertificate certificate = SampleCertificate.create(directory);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"));
                SampleStore store = SampleStore.start(certificate)) {
            SampleTopic.create(kafka.bootstrapServers());
            ClassList list = new ClassList(
                    distribution.resolve("bin/pagewalk"), directory, kafka.bootstrapServers(), certificate);
            Set<String> local = list.local();
            Set<String> all = list.onS3(store);
            all.addAll(local);
            Files.write(distribution.resolve("lib/class-list"), local);
            Files.write(distribution.resolve("lib/class-list-s3"), all);
        }
    }

    private Set<String> local() throws IOException {
        String parquet = directory.resolve("parquet").toString();
        String jsonl = directory.resolve("jsonl").toString();
        return listed(
                "local",
                List.of(
                        onTopic("export", "--output", parquet, "--report", parquet + ".json"),
                        List.of("verify", "--output", parquet, "--deep")),
                List.of(
                        onTopic("export", "--output", jsonl, "--format", "jsonl", "--page-size", "1000"),
                        List.of("status", "--output", jsonl),
                        onTopic("page", "--records", "10")));
    }

    private Set<String> onS3(SampleStore store) throws IOException {
        List<String> parquet = place(store, "parquet", true);
        List<String> jsonl = place(store, "jsonl", false);
        return listed(
                "s3",
                List.of(
                        with(
                                parquet,
                                onTopic(
                                        "export",
                                        "--report",
                                        directory.resolve("s3.json").toString())),
                        with(parquet, List.of("verify", "--deep"))),
                List.of(
                        with(jsonl, onTopic("export", "--format", "jsonl", "--page-size", "1000")),
                        with(jsonl, List.of("status"))));
    }

    private static List<String> place(SampleStore store, String name, boolean secured) {
        List<String> place = new ArrayList<>(List.of("--output", "s3://" + SampleStore.BUCKET + "/" + name));
        store.settings(secured).forEach((key, value) -> place.addAll(List.of("-D", key + "=" + value)));
        return place;
    }

    private static List<String> with(List<String> place, List<String> command) {
        return Stream.concat(command.stream(), place.stream()).toList();
    }

    private List<String> onTopic(String command, String... more) {
        return Stream.concat(
                        Stream.of(command, "--bootstrap-server", servers, "--topic", SampleTopic.NAME), Stream.of(more))
                .toList();
    }

    /** Runs two rows of commands, side by side where there are processors for it. Sorted: whichever thread loads a class first. */
    private Set<String> listed(String group, List<List<String>> first, List<List<String>> second) throws IOException {
        Path lists = Files.createDirectory(directory.resolve(group));
        Stream.of(first, second).parallel().forEach(commands -> commands.forEach(command -> run(command, lists)));
        serve(lists);
        Set<String> listed = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(lists, "*.loaded")) {
            for (Path file : files) {
                Files.readAllLines(file, UTF_8).stream()
                        .filter(ClassList::isOfEveryJava)
                        .map(line -> line.replaceFirst(" id: .*", ""))
                        .forEach(listed::add);
            }
        }
        return listed;
    }

    private void run(List<String> command, Path lists) {
        try {
            Path said = Files.createTempFile(lists, "command", ".said");
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), command.stream())
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment()
                    .put(
                            "PAGEWALK_OPTS",
                            "-XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList=" + said + ".loaded "
                                    + certificate.trusted());
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(said, UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks a server for a page, and stops it. */
    private void serve(Path lists) {
        try {
            Path loaded = Files.createTempFile(lists, "serve", ".said");
            ProcessBuilder builder = new ProcessBuilder(
                            launcher.toString(),
                            "serve",
                            "--bootstrap-server",
                            servers,
                            "--listen",
                            "127.0.0.1:0",
                            "--no-auth")
                    .redirectErrorStream(true);
            builder.environment()
                    .put("PAGEWALK_OPTS", "-XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList=" + loaded + ".loaded");
            Process server = builder.start();
            String url = server.inputReader(UTF_8).readLine();
            URL page = URI.create(url + "api/v1/topics/" + SampleTopic.NAME + "/records?page_size=10")
                    .toURL();
            try (InputStream body = page.openStream()) {
                body.readAllBytes();
            }
            server.destroy();
            if (server.waitFor() != 0) {
                throw new IllegalStateException("serve ended with " + server.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not what the list of one process is about: numbers of its classes, and entries of their constant pools. */
    private static boolean isOfEveryJava(String line) {
        return !line.startsWith("#") && !line.startsWith("@cp") && !line.contains(" source: ");
    }
}
