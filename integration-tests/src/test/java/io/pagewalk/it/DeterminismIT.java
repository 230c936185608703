package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neither threads nor interruptions nor the clock leave a trace in data files. */
class DeterminismIT {
    private static Records records;

    @TempDir
    Path dir;

    @BeforeAll
    static void produce() {
        records = Records.filled("deterministic", 9000, 100, 0, 2500);
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @ParameterizedTest
    @CsvSource({"parquet, asc", "jsonl, desc"})
    @LongCases({"parquet, desc", "jsonl, asc"})
    void writesTheSameBytesOnOneThreadOnFourAndPageByPage(String format, String direction) {
        List<String> shape =
                List.of("--format", format, "--direction", direction, "--page-size", "1500", "--file-size", "500");
        Output oneThread = new Output(dir.resolve("one"));
        Output fourThreads = new Output(dir.resolve("four"));
        Output pageByPage = new Output(dir.resolve("paged"));

        export(oneThread, shape, "--threads", "1").exits(0);
        export(fourThreads, shape, "--threads", "4").exits(0);
        int runs = 1;
        Cli.Result run = export(pageByPage, shape, "--max-pages", "1", "--threads", "2");
        while (run.code() == 3) {
            runs++;
            run = export(pageByPage, shape, "--max-pages", "1", "--threads", Integer.toString(1 + runs % 4));
        }

        run.exits(0);
        assertThat(runs).as("pages").isEqualTo(8);
        SortedMap<String, byte[]> expected = oneThread.dataFiles();
        assertThat(expected).hasSize(24);
        assertThat(oneThread.rows()).isEqualTo(records.rows());
        assertThat(fourThreads.dataFiles()).containsExactlyEntriesOf(expected);
        assertThat(pageByPage.dataFiles()).containsExactlyEntriesOf(expected);
        for (Output output : List.of(oneThread, fourThreads, pageByPage)) {
            output.assertComplete(records.topic());
        }
    }

    private static Cli.Result export(Output output, List<String> shape, String... run) {
        List<String> arguments = new ArrayList<>(shape);
        arguments.addAll(List.of(run));
        return Cli.export(records.topic(), output.directory(), arguments.toArray(String[]::new));
    }
}
