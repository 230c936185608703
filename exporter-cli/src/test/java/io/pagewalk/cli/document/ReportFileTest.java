package io.pagewalk.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.Exports;
import io.pagewalk.cli.Main;
import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    private Path directory;

    @Test
    void replacesTheLastReportAsAWhole() throws IOException {
        Path path = Files.writeString(directory.resolve("report.json"), "old");

        ReportDocument report = ReportDocumentTest.notBegun();

        file(path).write(report);

        assertThat(path).content().isEqualTo(Json.document(report) + "\n").startsWith("{\n  \"pagewalk\" : ");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void removesWhatRunsLeftThatWereKilledWhileTheyWroteTheirs() throws IOException {
        Path path = directory.resolve("report.json");
        long dead = 1L << 40;
        Path left = Files.writeString(directory.resolve(".report.json." + dead + ".tmp"), "{");
        Path alive = Files.writeString(
                directory.resolve(".report.json." + ProcessHandle.current().pid() + ".tmp"), "{");
        Path others = Files.writeString(directory.resolve(".other.json." + dead + ".tmp"), "{");

        file(path).removeOld();

        assertThat(left).doesNotExist();
        assertThat(alive).exists();
        assertThat(others).exists();
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> file(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void refusesWhatIsNoRegularFile() throws IOException {
        Path file = Files.writeString(directory.resolve("report.json"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("not-there"));

        for (Path path : List.of(link, dangling, Path.of("/dev/null"))) {
            assertThatThrownBy(() -> file(path))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining(path + " is not a regular file");
        }

        assertThat(file).hasContent("old");
    }

    @Test
    void leavesNoOldReportToBeTakenForThatOfARunThatIsKilled() throws IOException {
        Path output = directory.resolve("out");
        Path report = Files.writeString(directory.resolve("report.json"), "old");
        new Exports(output).start("orders", "orders", null);
        new Exports(output).complete("orders", null);
        List<Boolean> thereWhileItRan = new ArrayList<>();
        OutputStream watching = new OutputStream() {
            @Override
            public void write(int b) {
                thereWhileItRan.add(Files.exists(report));
            }
        };
        Console console =
                new Console(new ByteArrayOutputStream(), watching, InputStream.nullInputStream(), Map.of(), false);

        int code = Main.run(
                console,
                "export",
                "--bootstrap-server=127.0.0.1:1",
                "--topic=orders",
                "--output=" + output,
                "--page-size=3",
                "--file-size=1",
                "--format=jsonl",
                "--compression=none",
                "--report=" + report);

        assertThat(code).isZero();
        assertThat(thereWhileItRan).isNotEmpty().doesNotContain(true);
        assertThat(report).content().contains("\"exitCode\" : 0");
    }

    private static ReportFile file(Path path) {
        return new ReportFile(
                ReportPlace.parse(path.toString()), Pagewalk.withoutCluster().open());
    }
}
