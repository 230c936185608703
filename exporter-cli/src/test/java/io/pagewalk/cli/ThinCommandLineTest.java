package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the command line can do, another program can do by the library. */
class ThinCommandLineTest {
    private static final Pattern USED = Pattern.compile("\\bio\\.pagewalk\\.(internal\\.[\\w.]+)");
    /** How {@code page} shows payloads, what Kafka's clients throw, and where the demo shows its log. */
    private static final Set<String> ALLOWED =
            Set.of("internal.claim.OutputLayout", "internal.log.LogName", "internal.cluster.KafkaFailures.reason");

    @Test
    void usesTheLibraryAlone() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = USED.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(ALLOWED);
    }
}
