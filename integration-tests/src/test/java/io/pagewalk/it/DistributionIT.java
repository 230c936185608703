package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.spi.CheckpointStoreProvider;
import io.pagewalk.spi.FileFormatProvider;
import io.pagewalk.spi.StorageProvider;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution as it was built, started by its launcher. */
@Timeout(120)
class DistributionIT {
    private static final Path BUILT = Path.of("..", "exporter-cli", "target", "pagewalk");
    private static final String ARCHIVED = " source: shared objects file";
    private static final String SHARED = "io.pagewalk.cli.Main" + ARCHIVED;

    private static final String SERVICES = "META-INF/services/";
    private static final String FORMATS = SERVICES + FileFormatProvider.class.getName();
    private static final String STORAGES = SERVICES + StorageProvider.class.getName();

    @TempDir
    Path temp;

    private Path loaded;

    @BeforeEach
    void nameTheLog() {
        loaded = temp.resolve("loaded");
    }

    @Test
    void loadsItsClassesFromTheArchiveThatTheBuildMade() throws Exception {
        assertThat(archiveOf(BUILT)).isNotNull();

        assertStarts(BUILT);

        assertThat(loaded).content().contains(SHARED);
    }

    /** The build makes the list of classes by running commands: what they no longer reach would be missing without a word. */
    @ParameterizedTest
    @ValueSource(strings = "parquet")
    @LongCases("jsonl")
    void exportsWithTheClassesOfTheArchive(String format) throws Exception {
        try (Records records = Records.filled("archived", 30, 12)) {
            String printed = run(
                    BUILT,
                    Stream.of(
                            "export",
                            "--bootstrap-server",
                            Broker.servers(),
                            "--topic",
                            records.topic(),
                            "--output",
                            temp.resolve("export").toString(),
                            "--format",
                            format));

            assertThat(printed).startsWith("0 ");
        }
        Map<Boolean, List<String>> classes = Files.readAllLines(loaded, UTF_8).stream()
                .filter(line -> line.contains(" io.pagewalk.") || line.contains(" org.apache."))
                .collect(Collectors.partitioningBy(line -> line.contains(ARCHIVED)));
        assertThat(classes.get(true))
                .anyMatch(line -> line.contains(".Paginator "))
                .anyMatch(line -> line.contains(".KafkaConsumer "))
                .anyMatch(line -> line.contains("parquet".equals(format) ? ".ParquetFileWriter " : ".JsonlEncoder "));
        // Classes that implement those of picocli cannot be archived, as picocli's are of an old version.
        assertThat(classes.get(false))
                .as("not in the archive")
                .hasSizeLessThan(classes.get(true).size() / 20);
    }

    @Test
    void listsTheClassesForS3BesideThoseOfEveryCommand() throws Exception {
        List<String> all = Files.readAllLines(BUILT.resolve("lib/class-list-s3"));

        assertThat(all)
                .containsAll(Files.readAllLines(BUILT.resolve("lib/class-list")))
                .contains("org/apache/hadoop/fs/s3a/S3AFileSystem", "sun/security/ssl/ServerHello");
    }

    @Test
    void startsWithoutAnArchive() throws Exception {
        Path copy = copy();
        Files.delete(archiveOf(copy));

        assertStarts(copy);

        assertThat(loaded).content().doesNotContain(SHARED);
    }

    @Test
    void saysNothingOfAnArchiveThatIsNone() throws Exception {
        Path copy = copy();
        Path archive = archiveOf(copy);
        long size = Files.size(archive);
        Files.delete(archive);
        Files.write(archive, new byte[(int) size]);

        assertStarts(copy);

        assertThat(loaded).content().doesNotContain(SHARED);
    }

    @Test
    void saysNothingOfATruncatedArchive() throws Exception {
        Path copy = copy();
        Path archive = archiveOf(copy);
        byte[] whole = Files.readAllBytes(archive);
        Files.delete(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        assertStarts(copy);

        assertThat(loaded).content().doesNotContain(SHARED);
    }

    @Test
    void saysNothingOfAnArchiveOfOtherJars() throws Exception {
        Path copy = copy();
        try (Stream<Path> jars = Files.list(copy.resolve("lib"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
            }
        }

        assertStarts(copy);

        assertThat(loaded).content().doesNotContain(SHARED);
    }

    @Test
    void exportsResumesAndVerifiesAFileFormatOfAJarInLibExt() throws Exception {
        Path copy = copy();
        addExtensions(copy);
        Path out = temp.resolve("export");
        try (Records records = Records.filled("csv", 30, 12)) {
            List<String> export = List.of(
                    "export",
                    "--bootstrap-server",
                    Broker.servers(),
                    "--topic",
                    records.topic(),
                    "--output",
                    out.toString(),
                    "--format",
                    "csv",
                    "--page-size",
                    "20");

            assertThat(run(copy, Stream.concat(export.stream(), Stream.of("--max-pages", "1"))))
                    .startsWith("3 ");
            assertThat(run(copy, export.stream())).startsWith("0 ").contains("goes on with page 2");

            assertThat(run(copy, Stream.of("verify", "--output", out.toString(), "--deep")))
                    .startsWith("0 ");
            assertThat(DuckDb.query("SELECT count(*), count(DISTINCT (\"partition\", \"offset\")) FROM read_csv('" + out
                            + "/*.csv', ignore_errors=true, header=true)"))
                    .containsExactly(List.of("42", "42"));
            assertThat(run(BUILT, Stream.of("verify", "--output", out.toString())))
                    .startsWith("9 ")
                    .contains("there is no file format 'csv'; choose one of parquet, jsonl");
        }
    }

    @Test
    void saysWhichJarsFormatCannotBeLoaded() throws Exception {
        Path copy = copy();
        jar(copy, Map.of(FORMATS, "io.pagewalk.csv.Missing\n".getBytes(UTF_8)));

        assertThat(run(
                        copy,
                        Stream.of(
                                "export",
                                "--bootstrap-server",
                                "127.0.0.1:1",
                                "--topic",
                                "orders",
                                "--output",
                                temp.resolve("export").toString(),
                                "--format",
                                "csv")))
                .startsWith("2 ")
                .contains("io.pagewalk.csv.Missing", "take it away from lib/ext");
    }

    @Test
    void exportsResumesVerifiesAndDeletesInPlacesOfAJarInLibExt() throws Exception {
        Path copy = copy();
        addExtensions(copy);
        String out = "flat:" + temp.resolve("keys/out");
        String log = "flatlog:" + temp.resolve("keys/logs");
        try (Records records = Records.filled("flat", 30, 12)) {
            List<String> export = List.of(
                    "export",
                    "--bootstrap-server",
                    Broker.servers(),
                    "--topic",
                    records.topic(),
                    "--output",
                    out,
                    "--checkpoints",
                    log,
                    "--page-size",
                    "20");

            assertThat(run(copy, Stream.concat(export.stream(), Stream.of("--max-pages", "1"))))
                    .startsWith("3 ");
            assertThat(run(copy, export.stream())).startsWith("0 ").contains("goes on with page 2");

            assertThat(run(copy, Stream.of("status", "--output", out)))
                    .startsWith("0 ")
                    .contains("State        complete", "3 files, 42 records");
            assertThat(run(copy, Stream.of("verify", "--output", out, "--deep")))
                    .startsWith("0 ");
            assertThat(DuckDb.query("SELECT count(*), count(DISTINCT (partition, \"offset\")) FROM read_parquet('"
                            + temp.resolve("keys") + "/out+*.parquet')"))
                    .containsExactly(List.of("42", "42"));
            assertThat(run(BUILT, Stream.of("verify", "--output", out)))
                    .startsWith("2 ")
                    .contains("the scheme 'flat' is not supported; give a local path, or a URI of s3,");
            assertThat(run(copy, Stream.of("delete", "--output", out, "--yes"))).startsWith("0 ");
            try (Stream<Path> left = Files.list(temp.resolve("keys"))) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .singleElement()
                        .asString()
                        .contains("deleted-1.json");
            }
        }
    }

    @Test
    void saysWhichJarsPlacesCannotBeLoaded() throws Exception {
        Path copy = copy();
        jar(copy, Map.of(STORAGES, "io.pagewalk.flat.Missing\n".getBytes(UTF_8)));

        assertThat(run(copy, Stream.of("status", "--output", "flat:/a/b")))
                .startsWith("2 ")
                .contains("io.pagewalk.flat.Missing", "take it away from lib/ext");
        assertThat(run(copy, Stream.of("status", "--output", temp.toString()))).doesNotContain("Missing");
    }

    /** A local export is all that most runs are. */
    @Test
    void loadsNothingOfOtherPlacesForTheLocalDisk() throws Exception {
        run(BUILT, Stream.of("status", "--output", temp.toString()));

        assertThat(loaded)
                .content()
                .contains("LocalProvider")
                .doesNotContain("io.pagewalk.internal.hadoop.", "io.pagewalk.internal.checkpoint.kafka.");
    }

    /** A jar of a file format and of two kinds of places, as somebody else would make it. */
    private static void addExtensions(Path distribution) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(FORMATS, "io.pagewalk.csv.CsvProvider\n".getBytes(UTF_8));
        entries.put(STORAGES, "io.pagewalk.flat.FlatProvider\n".getBytes(UTF_8));
        entries.put(
                SERVICES + CheckpointStoreProvider.class.getName(),
                "io.pagewalk.flat.FlatLogProvider\n".getBytes(UTF_8));
        Path classes = Path.of("target", "test-classes");
        for (String directory : List.of("io/pagewalk/csv", "io/pagewalk/flat")) {
            try (Stream<Path> files = Files.list(classes.resolve(directory))) {
                for (Path file : files.toList()) {
                    entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        jar(distribution, entries);
    }

    private static void jar(Path distribution, Map<String, byte[]> entries) throws IOException {
        Path extensions = Files.createDirectories(distribution.resolve("lib/ext"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(extensions.resolve("extensions.jar")))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
    }

    /** The exit code, and all that was printed. */
    private String run(Path distribution, Stream<String> arguments) throws Exception {
        Path printed = temp.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(distribution.resolve("bin/pagewalk").toString()), arguments)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PAGEWALK_OPTS", "-XX:TieredStopAtLevel=1 -Xlog:class+load:file=" + loaded);
        int code = builder.start().waitFor();
        return code + " " + Files.readString(printed, UTF_8);
    }

    private void assertStarts(Path distribution) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.resolve("bin/pagewalk").toString(), "--version")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PAGEWALK_OPTS", "-XX:TieredStopAtLevel=1 -Xlog:class+load:file=" + loaded);
        Process process = builder.start();

        assertThat(process.waitFor()).as(Files.readString(err, UTF_8)).isZero();
        assertThat(Files.readAllLines(out)).hasSize(1).first().asString().startsWith("pagewalk ");
        assertThat(err).isEmptyFile();
    }

    private static Path archiveOf(Path distribution) throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
            List<Path> archives = files.filter(
                            file -> file.getFileName().toString().matches("classes-[0-9].*\\.jsa"))
                    .toList();
            assertThat(archives).as("archives of classes in " + distribution).hasSize(1);
            return archives.get(0);
        }
    }

    /** Without the demo, as it was left by whoever unpacked it: with the times of its files. */
    private Path copy() throws IOException {
        Path copy = temp.resolve("pagewalk");
        Files.walkFileTree(BUILT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.endsWith("demo")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(BUILT.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copy.resolve(BUILT.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        return copy;
    }
}
