package io.pagewalk.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jars within Pagewalk's jar. */
final class PackedJars {
    private static final String FOLDER = "pagewalk/lib/";

    private PackedJars() {}

    /**
     * Unpacks them into a fresh directory that only its owner may use, and that goes with the process.
     *
     * @param parent where that is made
     */
    static URL[] unpack(Path jar, Path parent) throws IOException {
        Path directory = Files.createTempDirectory(parent, "pagewalk-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
        List<URL> unpacked = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> packed = zip.stream()
                    .filter(entry -> entry.getName().startsWith(FOLDER)
                            && entry.getName().endsWith(".jar"))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : packed) {
                String name = entry.getName().substring(FOLDER.length());
                Path file = directory.resolve(Path.of(name).getFileName());
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
                unpacked.add(file.toUri().toURL());
            }
        }
        if (unpacked.isEmpty()) {
            throw new IOException(jar + " has no jars in " + FOLDER + "; it is not Pagewalk's jar for Spark");
        }
        return unpacked.toArray(URL[]::new);
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(PackedJars::delete);
        } catch (IOException | UncheckedIOException e) {
            // What is left is in a directory for temporary files.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
