package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as it was built, started by its launcher. */
@Timeout(120)
class DistributionIT {
    private static final Path BUILT = Path.of("..", "exporter-cli", "target", "pagewalk");
    private static final String SHARED = "io.pagewalk.cli.Pagewalk source: shared objects file (top)";

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

    private void assertStarts(Path distribution) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.resolve("bin/pagewalk").toString(), "--version")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PAGEWALK_OPTS", "-Xlog:class+load:file=" + loaded);
        Process process = builder.start();

        assertThat(process.waitFor()).as(Files.readString(err, UTF_8)).isZero();
        assertThat(Files.readAllLines(out)).hasSize(1).first().asString().startsWith("pagewalk ");
        assertThat(err).isEmptyFile();
    }

    private static Path archiveOf(Path distribution) throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
            List<Path> archives = files.filter(
                            file -> file.getFileName().toString().matches("classes-.*\\.jsa"))
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
