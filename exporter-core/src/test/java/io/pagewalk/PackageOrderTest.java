package io.pagewalk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of this module know each other in one direction only, as ARCHITECTURE.md says. */
class PackageOrderTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "pagewalk");
    /** Each may use those before it. */
    private static final List<String> ORDER = List.of(
            "error",
            "model",
            "record",
            "row",
            "internal.payload",
            "payload",
            "plan",
            "listing",
            "location",
            "spi",
            "table",
            "log",
            "audit",
            "internal.storage",
            "internal.file",
            "internal.log",
            "execution",
            "internal.claim",
            "internal.progress",
            "internal.slice",
            "internal.run",
            "internal.deletion",
            "internal.page",
            "internal.crossing",
            "internal.cluster",
            "internal.admin",
            "internal.consumer",
            "internal.kafka",
            "internal.audit",
            "internal.deadletter");

    private static final Pattern USED =
            Pattern.compile("^import (?:static )?io\\.pagewalk\\.((?:internal\\.)?\\w+)\\.", Pattern.MULTILINE);

    @Test
    void everyPackageHasItsPlace() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> SOURCES.relativize(file.getParent())
                                    .toString()
                                    .replace('/', '.'))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(ORDER);
        }
    }

    @Test
    void noPackageUsesALaterOne() throws IOException {
        for (String name : ORDER) {
            try (Stream<Path> sources = Files.list(SOURCES.resolve(name.replace('.', '/')))) {
                for (Path source : sources.toList()) {
                    Matcher used = USED.matcher(Files.readString(source));
                    while (used.find()) {
                        assertThat(ORDER.indexOf(used.group(1)))
                                .as("%s uses %s", source, used.group(1))
                                .isNotNegative()
                                .isLessThanOrEqualTo(ORDER.indexOf(name));
                    }
                }
            }
        }
    }
}
