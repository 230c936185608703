package io.pagewalk.it.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.iceberg.RestLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a run does after Iceberg's procedures of Spark have been at its table, and the ways out that messages name. */
@EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
class SparkMaintenanceIT {
    private static final int COUNT = 200;
    private static final int MORE = 100;

    @TempDir
    static Path dir;

    private static RestLake lake;
    private static SparkLake spark;

    private String table = "";
    private String topic = "";

    @BeforeAll
    static void open() throws IOException {
        lake = new RestLake(dir);
        spark = new SparkLake(lake, dir);
    }

    @AfterAll
    static void close() throws IOException {
        spark.close();
        lake.close();
    }

    @Test
    void afterARollbackItStopsAndWhatIsLackingCanBeAddedAgain() throws Exception {
        begin("rollback");
        spark.run("CALL lake.system.rollback_to_snapshot('" + table + "', " + firstSnapshot() + ")");
        send(MORE);

        assertThat(stops(export())).contains("was rolled back", "--iceberg-reapply");
        assertThat(Cli.run(lake.command("status")).exits(10).err()).contains("was rolled back");
        Cli.run(lake.command("iceberg sync", "--iceberg-reapply")).exits(0);

        assertLevel(table, COUNT + MORE);
    }

    @Test
    void afterARollbackAnotherTableCanFollow() throws Exception {
        begin("otherrollback");
        spark.run("CALL lake.system.rollback_to_snapshot('" + table + "', " + firstSnapshot() + ")");

        stops(export());
        Cli.run(lake.command("iceberg detach")).exits(0);
        Cli.run(lake.command("iceberg sync", "--iceberg-table", table + "_again"))
                .exits(0);

        assertLevel(table + "_again", COUNT);
    }

    @Test
    void expiredSnapshotsAreNotNeeded() throws Exception {
        begin("expired");
        String expire = "CALL lake.system.expire_snapshots(table => '" + table
                + "', older_than => TIMESTAMP '2100-01-01 00:00:00', retain_last => 1)";
        assertThatThrownBy(() -> spark.run(expire)).hasMessageContaining("GC is disabled");
        enableGc();
        // So that even the last one of the series expires.
        spark.run("DELETE FROM lake." + table + " WHERE `partition` = 7");
        spark.run("ALTER TABLE lake." + table + " WRITE ORDERED BY `offset`");
        spark.run(expire);
        send(MORE);

        export().exits(0);

        assertLevel(table, COUNT + MORE);
    }

    @Test
    void aCompactionBetweenRunsStaysAndStopsAnExpiryAlone() throws Exception {
        begin("compacted");
        compact();
        send(MORE);

        export().exits(0);

        assertRows(table, COUNT + MORE);
        Cli.run(lake.command("status")).exits(0);
        assertThat(Cli.run(lake.command("verify")).exits(9).out())
                .contains("rewritten into others by a compaction")
                .contains("Result       as recorded, and of the table 6 findings");
        assertThat(stops(Cli.run(lake.command("expire", "--keep-runs", "1", "--yes"))))
                .contains("a compaction has merged it with others");
        assertRows(table, COUNT + MORE);
    }

    @Test
    void aCompactionOfAllWhoseSnapshotsExpireTakesTheFilesAndNothingIsAdded() throws Exception {
        begin("forgotten");
        enableGc();
        compact();
        spark.run("CALL lake.system.expire_snapshots(table => '" + table
                + "', older_than => TIMESTAMP '2100-01-01 00:00:00', retain_last => 1)");
        send(MORE);

        assertThat(export().exits(2).error()).contains("but it is not in " + lake.output());
        Cli.run(lake.command("iceberg sync")).exits(0);
        Cli.run(lake.withoutCatalog("verify")).exits(9);
        Cli.run(lake.command("iceberg detach")).exits(0);
        // The table keeps what it has, and a new export has what the topic has.
        assertRows(table, COUNT);
        lake.useOutput("forgotten_again");
        table = "sales.forgotten_again";
        export().exits(0);
        assertLevel(table, COUNT + MORE);
    }

    @Test
    void aTableThatWasDroppedIsMadeAnew() throws Exception {
        begin("dropped");
        spark.run("DROP TABLE lake." + table);

        assertThat(stops(export())).contains("is gone");
        Cli.run(lake.command("iceberg detach")).exits(0);
        Cli.run(lake.command("iceberg sync", "--iceberg-table", table)).exits(0);

        assertLevel(table, COUNT);
    }

    private void begin(String name) throws Exception {
        table = "sales." + name;
        topic = Broker.topic(name, 2, Map.of());
        lake.useOutput(name);
        send(COUNT);
        export().exits(0);
        assertLevel(table, COUNT);
    }

    private void send(int count) {
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < count; i++) {
                records.send(i % 2, null, ("v" + i).getBytes(UTF_8));
            }
            records.flush();
        }
    }

    private Cli.Result export() throws Exception {
        try (CliProcess process = CliProcess.start(lake.export(
                lake.server().port(), topic, table, "--incremental", "--page-size", "40", "--file-size", "20"))) {
            return process.await();
        }
    }

    private static String stops(Cli.Result result) {
        String error = result.exits(10).error();
        System.out.println("stops: " + error);
        return error;
    }

    private String firstSnapshot() {
        return Long.toString(lake.table(table).snapshots().iterator().next().snapshotId());
    }

    private void enableGc() throws IOException {
        spark.run("ALTER TABLE lake." + table + " SET TBLPROPERTIES ('gc.enabled'='true')");
    }

    private void compact() throws IOException {
        System.out.println(spark.run("CALL lake.system.rewrite_data_files(table => '" + table
                + "', options => map('rewrite-all', 'true'))"));
    }

    private static void assertLevel(String name, int count) throws IOException {
        assertRows(name, count);
        for (String command : List.of("status", "verify")) {
            Cli.run(lake.command(command)).exits(0);
        }
    }

    private static void assertRows(String name, int count) throws IOException {
        List<List<String>> expected = IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> a % 2 != b % 2 ? a % 2 - b % 2 : a - b)
                .map(i -> List.of(Integer.toString(i % 2), Integer.toString(i / 2), "v" + (i < COUNT ? i : i - COUNT)))
                .toList();
        assertThat(spark.texts(
                        "SELECT array(CAST(`partition` AS STRING), CAST(`offset` AS STRING), CAST(value AS STRING)) AS r"
                                + " FROM lake." + name + " ORDER BY `partition`, `offset`"))
                .isEqualTo(expected);
    }
}
