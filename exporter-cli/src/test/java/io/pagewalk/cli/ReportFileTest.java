package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    private Path directory;

    @Test
    void replacesTheLastReportAsAWhole() throws IOException {
        Path path = Files.writeString(directory.resolve("report.json"), "old");

        new ReportFile(path).write(Map.of("exitCode", 3));

        assertThat(path).hasContent("{\n  \"exitCode\" : 3\n}");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> new ReportFile(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is a directory");
    }
}
