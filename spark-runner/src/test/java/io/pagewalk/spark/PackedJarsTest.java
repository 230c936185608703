package io.pagewalk.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PackedJarsTest {
    @TempDir
    Path dir;

    private Path jar(String... entries) throws IOException {
        Path jar = dir.resolve("pagewalk-spark.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void areUnpackedAndNothingElse() throws Exception {
        Path jar = jar(
                "pagewalk/lib/b.jar", "pagewalk/lib/a.jar", "pagewalk/lib/c.txt", "io/pagewalk/spark/SparkMain.class");

        URL[] unpacked = PackedJars.unpack(jar, dir);

        assertThat(unpacked)
                .extracting(url -> Path.of(url.toURI()).getFileName().toString())
                .containsExactly("a.jar", "b.jar");
        assertThat(Path.of(unpacked[0].toURI())).hasContent("pagewalk/lib/a.jar");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void areTheirOwnersAlone() throws Exception {
        Path directory = Path.of(PackedJars.unpack(jar("pagewalk/lib/a.jar"), dir)[0].toURI())
                .getParent();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void goIntoAFreshDirectoryEachTime() throws Exception {
        Path jar = jar("pagewalk/lib/a.jar");

        assertThat(PackedJars.unpack(jar, dir)[0]).isNotEqualTo(PackedJars.unpack(jar, dir)[0]);
    }

    @Test
    void stayInTheirDirectory() throws Exception {
        Path jar = jar("pagewalk/lib/../../../outside.jar");

        PackedJars.unpack(jar, dir);

        try (Stream<Path> files = Files.walk(dir.getParent(), 2)) {
            List<Path> outside = files.filter(file -> file.endsWith("outside.jar"))
                    .filter(file -> !file.startsWith(dir))
                    .toList();
            assertThat(outside).isEmpty();
        }
    }

    @Test
    void areMissedInAnotherJar() throws Exception {
        Path jar = jar("io/pagewalk/spark/SparkMain.class");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PackedJars.unpack(jar, dir))
                .withMessageContaining("it is not Pagewalk's jar for Spark");
    }
}
