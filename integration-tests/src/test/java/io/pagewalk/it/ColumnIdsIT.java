package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.ExportPlace;
import io.pagewalk.FileSettings;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export whose files carry ids for their columns is like any other to whoever goes on with it or reads it. */
class ColumnIdsIT {
    private static final List<Integer> IDS = List.of(31, 2, 1, 4, 3, 6, 5, 8, 70, 10, 9);

    @TempDir
    Path dir;

    @Test
    void goesOnWithTheIdsThatItBeganWith() throws Exception {
        try (Records records = Records.filled("ids", 500, 100)) {
            Output whole = new Output(dir.resolve("whole"));
            Output resumed = new Output(dir.resolve("resumed"));
            Output plain = new Output(dir.resolve("plain"));
            export(records.topic(), whole, null);

            export(records.topic(), resumed, 2L);
            SortedMap<String, byte[]> entries = resumed.entries(records.topic());
            // As if it had been killed before this checkpoint: the next run finds files of its page.
            Files.delete(resumed.log(records.topic()).resolve(entries.lastKey()));
            Cli.Result run = goOn(records.topic(), resumed).exits(0);

            assertThat(run.out() + run.err()).contains("2 files kept of an interrupted run");
            assertThat(resumed.dataFiles()).containsExactlyEntriesOf(whole.dataFiles());
            assertThat(resumed.rows()).isEqualTo(records.rows());
            resumed.assertComplete(records.topic());
            verify(resumed).exits(0);
            for (String file : resumed.dataFiles().keySet()) {
                assertThat(ids(resumed.directory().resolve(file))).as(file).isEqualTo(IDS);
            }
            goOn(records.topic(), plain).exits(0);
            assertThat(plain.rows()).isEqualTo(records.rows());
            assertThat(plain.dataFiles().keySet())
                    .as("names of files without ids")
                    .doesNotContainAnyElementsOf(whole.dataFiles().keySet());
        }
    }

    private static void export(String topic, Output output, Long maxPages) {
        Map<String, String> settings =
                FileFormats.withColumnIds(FileSettings.parquet().pin(), IDS);
        ExportSpec spec = ExportSpec.builder(topic, settings)
                .keys(PayloadFormat.BYTES)
                .values(PayloadFormat.BYTES)
                .headers(PayloadFormat.BYTES)
                .pageSize(Size.records(100))
                .fileSize(Size.records(50))
                .build();
        try (Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open()) {
            pagewalk.export(spec, ExportPlace.of(output.directory().toString()))
                    .run(RunOptions.builder().maxPages(maxPages).build());
        }
    }

    private static Cli.Result goOn(String topic, Output output) {
        return Cli.export(topic, output.directory(), "--page-size", "100", "--file-size", "50");
    }

    private static Cli.Result verify(Output output) {
        return Cli.run(
                "verify",
                "--output",
                output.directory().toString(),
                "--bootstrap-server",
                Broker.servers(),
                "--against-topic",
                "--deep");
    }

    private static List<Integer> ids(Path file) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(
                        "select field_id from parquet_schema('" + file + "') where field_id is not null")) {
            while (result.next()) {
                ids.add(result.getInt(1));
            }
        }
        return ids;
    }
}
