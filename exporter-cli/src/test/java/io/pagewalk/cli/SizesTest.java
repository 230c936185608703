package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class is read in one go, and a package is known by heart. */
class SizesTest {
    private static final int MOST_LINES = 300;
    private static final int MOST_CLASSES = 20;

    @Test
    void noClassIsLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noPackageIsLarge() throws IOException {
        Map<Path, Integer> classes = new TreeMap<>();
        for (Path file : sources()) {
            classes.merge(file.getParent(), 1, Integer::sum);
        }
        assertThat(classes).hasSizeGreaterThan(40);
        classes.values().removeIf(number -> number <= MOST_CLASSES);
        assertThat(classes).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path main : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(main)) {
                    files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
