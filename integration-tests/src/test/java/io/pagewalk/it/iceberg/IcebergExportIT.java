package io.pagewalk.it.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of Iceberg have what exports have committed, and Iceberg's own reader finds it. */
class IcebergExportIT {
    private static final String TABLE = "sales.orders";
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
        Records records = Records.into(Broker.topic(name, 2, Map.of()));
        for (int i = 0; i < 100; i++) {
            records.send(i % 2, 1_790_000_000_000L + i, ("k" + i).getBytes(UTF_8), ("v" + i).getBytes(UTF_8));
        }
        records.flush();
        return records;
    }

    @Test
    void eachPageIsInTheTableOnceAndFiltersFindItsRecords() throws Exception {
        try (Records records = hundred("icebergplain")) {
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);

            assertThat(lake.rows(TABLE)).hasSize(100);
            assertThat(lake.rows(TABLE, Expressions.equal("partition", 1))).hasSize(50);
            assertThat(lake.rows(TABLE, Expressions.greaterThanOrEqual("offset", 40L)))
                    .hasSize(20);
            assertThat(lake.rows(TABLE, Expressions.lessThan("timestamp", 1_790_000_000_010_000L)))
                    .hasSize(10)
                    .allMatch(row -> row.getField("timestamp") instanceof OffsetDateTime);
            assertThat(pages()).isEqualTo(3);
            assertThat(lake.table(TABLE).snapshots().iterator().next().summary())
                    .containsEntry("pagewalk.export", records.topic())
                    .hasEntrySatisfying(
                            "pagewalk.offsets", offsets -> assertThat(offsets).startsWith("0=[0,"));
            assertThat(status(0))
                    .isEqualTo("{\"format\":\"iceberg\",\"table\":\"sales.orders\",\"pages\":3,\"pagesBehind\":0}");
            lake.run("verify", out).exits(0);
        }
    }

    @Test
    void aSecondRunAddsNothingThatIsThere() throws Exception {
        try (Records records = hundred("icebergtwice")) {
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);
            lake.run("iceberg sync", out).exits(0);

            assertThat(lake.rows(TABLE)).hasSize(100);
            assertThat(pages()).isEqualTo(3);
        }
    }

    @Test
    void aRunThatDoesNotNameTheTableIsRefused() {
        try (Records records = hundred("icebergunnamed")) {
            lake.export(records.topic(), out, TABLE, "--page-size", "40", "--max-pages", "1")
                    .exits(3);

            assertThat(Cli.export(records.topic(), out, "--page-size", "40")
                            .exits(2)
                            .error())
                    .contains("table sales.orders (iceberg) follows the export in " + out)
                    .endsWith("name the table with --iceberg-table, its catalog with --iceberg-catalog-config");
        }
    }

    @Test
    void anExportThatBeganWithoutATableIsFollowedByItsNames() throws Exception {
        try (Records records = hundred("icebergsynced")) {
            Cli.export(records.topic(), out, PAGES).exits(0);

            assertThat(lake.run("iceberg sync", out, "--iceberg-table", TABLE)
                            .exits(0)
                            .out())
                    .isEqualTo("table sales.orders (iceberg) is level: it has all 3 committed pages\n");
            assertThat(lake.rowsByName(TABLE))
                    .hasSize(100)
                    .allSatisfy(row -> assertThat(row.getField("key")).isNotNull());
            assertThat(status(0)).contains("\"pagesBehind\":0");
        }
    }

    @Test
    void windowsArePartitionsByDate() {
        try (Records records = Records.into(Broker.topic("icebergwindows", 1, Map.of()))) {
            for (int day = 0; day < 3; day++) {
                for (int i = 0; i < 10; i++) {
                    records.send(0, 1_789_948_800_000L + day * 86_400_000L + i, null, ("v" + i).getBytes(UTF_8));
                }
            }
            records.flush();
            lake.export(records.topic(), out, TABLE, "--window", "day", "--from", "2026-09-21", "--to", "2026-09-24")
                    .exits(0);

            assertThat(lake.partitions(TABLE))
                    .hasSize(3)
                    .allSatisfy((file, dt) -> assertThat(file).contains("/dt=" + dt + "/"));
            assertThat(lake.rows(TABLE))
                    .hasSize(30)
                    .allSatisfy(row -> assertThat(row.getField("dt"))
                            .isEqualTo(((OffsetDateTime) row.getField("timestamp")).toLocalDate()));
            assertThat(lake.rows(TABLE, Expressions.equal("dt", "2026-09-21"))).hasSize(10);
            assertThat(lake.rows(TABLE, Expressions.equal("dt", "2026-09-22"))).hasSize(10);
            assertThat(lake.rows(TABLE, Expressions.equal("dt", "2026-09-23"))).hasSize(10);
            assertThat(lake.table(TABLE).schema().columns().get(8).name()).isEqualTo("dt");
            lake.run("verify", out).exits(0);
        }
    }

    @Test
    void runsExpireFromTheTableFirst() {
        try (Records records = hundred("icebergexpire")) {
            lake.export(records.topic(), out, TABLE, "--incremental").exits(0);
            oneMore(records);
            lake.export(records.topic(), out, TABLE, "--incremental").exits(0);

            assertThat(Cli.run("expire", "--output", out.toString(), "--keep-runs", "1", "--yes")
                            .exits(2)
                            .error())
                    .contains("table sales.orders (iceberg) follows");
            lake.run("expire", out, "--keep-runs", "1", "--yes").exits(0);

            assertThat(lake.rows(TABLE)).hasSize(1);
            lake.run("verify", out).exits(0);
            lake.run("delete", out, "--yes").exits(0);
            assertThat(lake.rows(TABLE)).isEmpty();
        }
    }

    @Test
    void aTableThatWasRolledBackIsToldOfAndReappliedWhereAskedFor() {
        try (Records records = hundred("icebergrollback")) {
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);
            Table table = lake.table(TABLE);
            table.manageSnapshots()
                    .rollbackTo(table.snapshots().iterator().next().snapshotId())
                    .commit();

            assertThat(lake.run("iceberg sync", out).exits(10).error()).contains("was rolled back");
            assertThat(lake.run("status", out).exits(10).err()).contains("was rolled back");
            lake.run("iceberg sync", out, "--iceberg-reapply").exits(0);

            assertThat(lake.rows(TABLE)).hasSize(100);
            lake.run("verify", out).exits(0);
        }
    }

    @Test
    void aTableThatIsCompactedAndExpiredBetweenRunsIsFollowedOn() throws Exception {
        try (Records records = hundred("icebergmaintained")) {
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);
            lake.compact(TABLE);
            lake.expireSnapshots(TABLE);

            lake.run("status", out).exits(0);
            oneMore(records);
            lake.export(records.topic(), out, TABLE, "--incremental").exits(0);

            assertThat(lake.rows(TABLE)).hasSize(101);
        }
    }

    @Test
    void aTableThatCannotTellIsAcceptedByWhoHasLooked() throws Exception {
        try (Records records = hundred("icebergaccepted")) {
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);
            lake.compact(TABLE);
            lake.expireSnapshots(TABLE);
            lake.removeOlderMetadata(TABLE);
            oneMore(records);

            assertThat(lake.export(records.topic(), out, TABLE, "--incremental")
                            .exits(10)
                            .error())
                    .contains("does not tell whether it has the export up to entry 1:3")
                    .contains("pagewalk iceberg accept --iceberg-catalog-config goes on behind them");
            assertThat(lake.rows(TABLE)).hasSize(100);
            assertThat(lake.run("iceberg accept", out).exits(0).out())
                    .isEqualTo("table sales.orders (iceberg) is behind by 1 page, and has 3\n");
            lake.export(records.topic(), out, TABLE, "--incremental").exits(0);

            assertThat(lake.rows(TABLE)).hasSize(101);
            lake.run("status", out).exits(0);
        }
    }

    private static void oneMore(Records records) {
        records.send(0, 1_790_000_001_000L, null, "more".getBytes(UTF_8));
        records.flush();
    }

    @Test
    void aDetachedTableKeepsItsRowsAndAnotherOneCanFollow() {
        try (Records records = hundred("icebergdetach")) {
            lake.export(records.topic(), out, TABLE, PAGES).exits(0);

            lake.run("iceberg detach", out).exits(0);
            lake.run("iceberg sync", out, "--iceberg-table", "sales.again").exits(0);

            assertThat(lake.rows(TABLE)).hasSize(100);
            assertThat(lake.rows("sales.again")).hasSize(100);
            assertThat(lake.table(TABLE).properties().keySet()).noneMatch(name -> name.startsWith("pagewalk."));
        }
    }

    /** A view of the log, beside the run that appends to it. */
    @Test
    void aLogInATopicIsFollowedPageByPage() throws Exception {
        try (Records records = hundred("icebergkafkalog")) {
            String[] logged = {
                "--checkpoints", "kafka:icebergkafkalog-log", "--incremental", "--page-size", "4", "--file-size", "2"
            };
            lake.export(records.topic(), out, TABLE, logged).exits(0);
            assertThat(lake.rows(TABLE)).hasSize(100);
            assertThat(pages()).isEqualTo(25);

            records.send(0, "k".getBytes(UTF_8), "v".getBytes(UTF_8));
            records.flush();
            lake.export(records.topic(), out, TABLE, logged).exits(0);
            assertThat(lake.rows(TABLE)).hasSize(101);
            lake.run("iceberg detach", out, "--bootstrap-server", Broker.servers())
                    .exits(0);
            lake.run("iceberg sync", out, "--iceberg-table", "sales.again", "--bootstrap-server", Broker.servers())
                    .exits(0);
            assertThat(lake.rows("sales.again")).hasSize(101);
            assertThat(lake.run("status", out, "--bootstrap-server", Broker.servers())
                            .exits(0)
                            .out())
                    .contains("table sales.again (iceberg) is level: it has all 26 committed pages");
        }
    }

    /** Those that snapshots say they have brought: pages that are committed meanwhile come together. */
    private long pages() {
        long pages = 0;
        for (Snapshot snapshot : lake.table(TABLE).snapshots()) {
            pages += Long.parseLong(snapshot.summary().get("pagewalk.pages"));
        }
        return pages;
    }

    private String status(int code) throws Exception {
        JsonNode status = new ObjectMapper()
                .readTree(lake.run("status", out, "--json").exits(code).out());
        return status.get("table").toString();
    }
}
