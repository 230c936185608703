package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Records have a type of their own outside of the package that reads them from Kafka, so that another reader can take the
 * consumer's place.
 */
class ClientClassesTest {
    private static final List<String> MODULES =
            List.of("exporter-core", "exporter-sinks", "checkpoints", "exporter", "exporter-http", "exporter-cli");

    private static final Path SOURCES = Path.of("src", "main", "java", "io", "pagewalk");

    private static final List<Path> READERS = List.of(
            Path.of("internal", "kafka"),
            Path.of("internal", "consumer"),
            Path.of("internal", "cluster"),
            Path.of("internal", "checkpoint", "kafka"),
            // It writes to a topic, and is in no jar.
            Path.of("cli", "classlist"));

    private static final Pattern CLIENT_RECORD =
            Pattern.compile("org\\.apache\\.kafka\\.(clients\\.consumer|common\\.header|common\\.record)\\b");

    @Test
    void nobodyElseSeesTheConsumerOrItsRecords() throws IOException {
        List<Path> seeing = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = Path.of("..", module).resolve(SOURCES);
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path source = sources.relativize(file);
                    if (READERS.stream().noneMatch(source::startsWith)
                            && CLIENT_RECORD.matcher(Files.readString(file)).find()) {
                        seeing.add(source);
                    }
                }
            }
        }
        assertThat(seeing).isEmpty();
    }
}
