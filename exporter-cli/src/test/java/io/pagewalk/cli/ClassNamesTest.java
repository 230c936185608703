package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name in a message, a stack trace or a question leads to one class. */
class ClassNamesTest {
    @Test
    void noTwoClassesHaveTheSameName() throws IOException {
        Map<String, Path> seen = new TreeMap<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            if (!name.equals("package-info.java")) {
                assertThat(seen.put(name, file)).as("another %s", file).isNull();
            }
        }
        assertThat(seen).hasSizeGreaterThan(300);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> mains = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
            Stream<Path> all = Stream.empty();
            for (Path main : mains) {
                try (Stream<Path> files = Files.walk(main)) {
                    all = Stream.concat(
                            all, files.filter(file -> file.toString().endsWith(".java")).toList().stream());
                }
            }
            return all.toList();
        }
    }
}
