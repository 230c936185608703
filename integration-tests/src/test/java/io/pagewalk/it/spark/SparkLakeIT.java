package io.pagewalk.it.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.iceberg.KilledSeries;
import io.pagewalk.it.iceberg.LakeOrders;
import io.pagewalk.it.iceberg.OrderQuestion;
import io.pagewalk.it.iceberg.RestLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Spark finds in a table of a REST catalog, on S3, what a series has exported that was killed again and again. */
@EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
class SparkLakeIT {
    private static final String TABLE = "sales.orders";
    private static final long SEED = Long.getLong("pagewalk.it.seed", 20);
    private static final int RUNS = 30;
    private static final int KILLS = 20;

    @TempDir
    Path dir;

    @Test
    void thirtyRunsAreExactAfterTwentyKills() throws Exception {
        LakeOrders orders = new LakeOrders(RUNS, 40);
        try (StandInRegistry registry = StandInRegistry.start();
                RestLake lake = new RestLake(dir);
                FaultProxy proxy = new FaultProxy(lake.server().port())) {
            String topic = orders.produce(registry, "thirtyruns");
            List<String> more = new ArrayList<>(List.of(orders.windows(registry)));
            more.addAll(List.of("--page-size", "10", "--file-size", "5"));
            String[] command = lake.export(proxy.port(), topic, TABLE, more.toArray(String[]::new));
            long began = System.nanoTime();
            KilledSeries.Tally tally = new KilledSeries(lake, TABLE, proxy, SEED).run(command, KILLS, RUNS * 8);
            System.out.println("seed " + SEED + ", " + (System.nanoTime() - began) / 1_000_000_000 + " s: " + tally);

            try (SparkLake spark = new SparkLake(lake, dir)) {
                assertExact(spark, orders);
            }
            for (String asked : List.of("status", "verify")) {
                Cli.run(lake.command(asked)).exits(0);
            }
        }
    }

    private static void assertExact(SparkLake spark, LakeOrders orders) throws Exception {
        int count = orders.count();
        List<OrderQuestion> questions = new ArrayList<>(OrderQuestion.ofEnvelope(orders));
        questions.addAll(OrderQuestion.ofFields());
        assertThat(spark.texts(
                        "SELECT array(CAST(count(*) AS STRING), CAST(count(DISTINCT `partition`, `offset`) AS STRING),"
                                + " CAST(count(DISTINCT dt) AS STRING)) AS r FROM lake." + TABLE))
                .containsExactly(List.of(String.valueOf(count), String.valueOf(count), String.valueOf(RUNS)));
        assertThat(spark.texts(OrderQuestion.all(questions, "lake." + TABLE)))
                .isEqualTo(OrderQuestion.rows(questions, count));
        for (OrderQuestion question : questions) {
            assertThat(question.counted(count)).as(question.filter()).doesNotContain("0");
            assertThat(spark.texts(question.count("lake." + TABLE)))
                    .as(question.filter())
                    .containsExactly(question.counted(count));
        }
    }
}
