package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportPlacesTest {
    @TempDir
    private Path directory;

    @Test
    void keepsTheLogDirectlyInTheOutput() throws IOException {
        Path output = directory.resolve("out");

        new Exports(output).start("orders", "orders", output);

        assertThat(output.resolve("orders/1/1/00000000000000000000.json")).exists();
        assertThat(output.resolve("_pagewalk/tmp=")).isEmptyDirectory();
    }

    @Test
    void keepsTheLogWhereALinkLeadsToTheOutput() throws IOException {
        Path output = Files.createDirectory(directory.resolve("out"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), output);

        new Exports(output).start("orders", "orders", link);

        assertThat(output.resolve("orders/1/1/00000000000000000000.json")).exists();
    }
}
