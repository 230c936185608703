package io.pagewalk.it.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the table is not what the export has made of it, each command stops, says why, and names a way out, which leads to each record once. */
class TableStopsIT {
    private static final String TABLE = "sales.orders";
    private static final String AGAIN = "sales.again";
    private static final String[] PAGES = {"--page-size", "40", "--file-size", "20"};

    @TempDir
    Path dir;

    private Lake lake;
    private Path out;

    @BeforeEach
    void open() {
        lake = new Lake(dir);
        out = dir.resolve("out");
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static Records hundred(String name) {
        return more(Records.into(Broker.topic(name, 2, Map.of())), 100);
    }

    private static Records more(Records records, int count) {
        for (int i = 0; i < count; i++) {
            records.send(i % 2, ("k" + i).getBytes(UTF_8), ("v" + i).getBytes(UTF_8));
        }
        return records.flush();
    }

    private Cli.Result export(Records records, String... more) {
        List<String> options = new ArrayList<>(List.of(PAGES));
        options.addAll(List.of("--incremental", "--iceberg-commit", "every-page"));
        options.addAll(List.of(more));
        return lake.export(records.topic(), out, TABLE, options.toArray(String[]::new));
    }

    /** All commands say the same; a run has done its work all the same, and says so. */
    private void assertStops(Records records, String why) {
        assertThat(lake.run("iceberg sync", out).exits(10).error()).contains(why);
        assertThat(lake.run("status", out).exits(10).err()).contains(why);
        assertThat(lake.run("verify", out).code()).isNotZero();
        more(records, 10);
        assertThat(export(records).exits(10).error())
                .contains("all that was read is committed, but table sales.orders is behind")
                .contains(why);
        assertThat(export(records, "--iceberg-reapply").code()).isIn(0, 10);
    }

    private void assertLevel(String table, int rows) {
        assertThat(lake.rows(table)).hasSize(rows);
        lake.run("verify", out).exits(0);
        assertThat(lake.run("status", out).exits(0).out()).contains(table);
    }

    private void detachAndFill(String table, int rows) {
        lake.run("iceberg detach", out).exits(0);
        assertThat(lake.run("iceberg sync", out, "--iceberg-table", table)
                        .exits(0)
                        .out())
                .startsWith("table " + table + " (iceberg) is level");
        assertLevel(table, rows);
    }

    private void rollBack() {
        Table table = lake.table(TABLE);
        Snapshot first = table.snapshots().iterator().next();
        table.manageSnapshots().rollbackTo(first.snapshotId()).commit();
    }

    @Test
    @LongTest
    void aTableThatIsGone() {
        try (Records records = hundred("stopsgone")) {
            export(records).exits(0);
            lake.catalog().dropTable(TableIdentifier.parse(TABLE), false);

            assertStops(records, "the iceberg table sales.orders is gone");
            detachAndFill(TABLE, 110);
        }
    }

    @Test
    void aTableThatWasMadeAnew() {
        try (Records records = hundred("stopsanew")) {
            export(records).exits(0);
            Table before = lake.table(TABLE);
            lake.catalog().dropTable(TableIdentifier.parse(TABLE), false);
            lake.catalog().createTable(TableIdentifier.parse(TABLE), before.schema());

            assertStops(records, "is another one than the export was followed by: it was dropped and made anew");
            assertThat(lake.rows(TABLE)).isEmpty();
            detachAndFill(AGAIN, 110);
        }
    }

    @Test
    void aTableThatWasRolledBackAndIsReappliedByTheNextRun() {
        try (Records records = hundred("stopsreapplied")) {
            export(records).exits(0);
            more(records, 50);
            export(records).exits(0);
            rollBack();

            assertThat(lake.run("iceberg sync", out).exits(10).error())
                    .contains("was rolled back: it was given the export up to entry 2:")
                    .contains("--iceberg-reapply");
            more(records, 10);
            assertThat(export(records).exits(10).error())
                    .contains("all that was read is committed, but table sales.orders is behind")
                    .contains("was rolled back");
            export(records, "--iceberg-reapply").exits(0);
            assertLevel(TABLE, 160);
            more(records, 10);
            export(records).exits(0);
            assertLevel(TABLE, 170);
        }
    }

    @Test
    @LongTest
    void aTableThatWasRolledBackAndIsLeftAsItIs() {
        try (Records records = hundred("stopsleft")) {
            export(records).exits(0);
            int before = lake.rows(TABLE).size();
            more(records, 50);
            export(records).exits(0);
            rollBack();
            int after = lake.rows(TABLE).size();

            detachAndFill(AGAIN, 150);
            assertThat(after).isLessThanOrEqualTo(before);
            assertThat(lake.rows(TABLE)).hasSize(after);
        }
    }

    @Test
    void aTableThatWasRolledBackToBeforeRunsExpired() {
        try (Records records = hundred("stopsexpired")) {
            export(records).exits(0);
            more(records, 50);
            export(records).exits(0);
            long before = lake.table(TABLE).currentSnapshot().snapshotId();
            lake.run("expire", out, "--keep-runs", "1", "--yes").exits(0);
            lake.table(TABLE).manageSnapshots().rollbackTo(before).commit();

            assertThat(lake.run("iceberg sync", out).exits(10).error()).contains("was rolled back");
            assertThat(lake.run("iceberg sync", out, "--iceberg-reapply")
                            .exits(10)
                            .error())
                    .contains("have expired");
            detachAndFill(AGAIN, 50);
        }
    }

    @Test
    @LongTest
    void aTableOfWhichNothingTellsWhatItHas() throws IOException {
        try (Records records = hundred("stopsuntold")) {
            export(records).exits(0);
            lake.compact(TABLE);
            lake.expireSnapshots(TABLE);
            lake.removeOlderMetadata(TABLE);
            assertThat(lake.rows(TABLE)).hasSize(100);

            assertStops(
                    records, "the iceberg table sales.orders does not tell whether it has the export up to entry 1:");
            detachAndFill(AGAIN, 110);
        }
    }

    @Test
    void aCompactionHasMergedWhatIsToExpire() throws IOException {
        try (Records records = hundred("stopsmerged")) {
            export(records).exits(0);
            more(records, 50);
            export(records).exits(0);
            lake.compact(TABLE);

            assertThat(lake.run("expire", out, "--keep-runs", "1", "--yes")
                            .exits(10)
                            .error())
                    .contains("the iceberg table sales.orders does not have the file")
                    .contains("a compaction has merged it with others");
            assertThat(lake.run("delete", out, "--yes").exits(10).error()).contains("a compaction has merged it");
            assertThat(lake.rows(TABLE)).hasSize(150);
            Cli.run("verify", "--output", out.toString()).exits(0);
            more(records, 10);
            export(records).exits(0);
            assertThat(lake.rows(TABLE)).hasSize(160);

            lake.run("iceberg detach", out).exits(0);
            Cli.run("expire", "--output", out.toString(), "--keep-runs", "1", "--yes")
                    .exits(0);
            assertThat(lake.rows(TABLE)).hasSize(160);
            lake.run("iceberg sync", out, "--iceberg-table", AGAIN).exits(0);
            assertLevel(AGAIN, 10);
        }
    }

    @Test
    void aCatalogThatDoesNotAnswer() throws IOException {
        try (Records records = hundred("stopscatalog")) {
            export(records).exits(0);
            more(records, 100);
            Path kept = lake.takeAway();

            assertThat(export(records, "--retry-timeout", "2s").exits(1).error())
                    .contains("all that was read is committed, but table sales.orders is behind");
            assertThat(lake.run("status", out).code()).isNotZero();
            lake.putBack(kept);

            assertThat(lake.run("status", out).exits(3).out()).contains("is behind by 3 pages, and has 3");
            export(records).exits(0);
            assertLevel(TABLE, 200);
        }
    }
}
