package io.pagewalk.it.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.LongTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A typed, windowed series on S3 in a table of a REST catalog is exact, although it is killed; thirty runs of it are in {@code -Pspark}. */
@LongTest
class RestSeriesIT {
    private static final String TABLE = "sales.orders";
    private static final long SEED = 20;

    @TempDir
    Path dir;

    @Test
    void threeWindowsAreExactAfterTwoKills() throws Exception {
        LakeOrders orders = new LakeOrders(3, 40);
        try (StandInRegistry registry = StandInRegistry.start();
                RestLake lake = new RestLake(dir);
                FaultProxy proxy = new FaultProxy(lake.server().port())) {
            String topic = orders.produce(registry, "restseries");
            String[] command = lake.export(proxy.port(), topic, TABLE, pages(orders.windows(registry)));
            KilledSeries.Tally tally = new KilledSeries(lake, TABLE, proxy, SEED).run(command, 2, 24);
            System.out.println("seed " + SEED + ": " + tally);

            assertRows(
                    lake,
                    Expressions.alwaysTrue(),
                    IntStream.range(0, orders.count()).toArray());
            assertRows(
                    lake,
                    Expressions.greaterThanOrEqual("offset", 50L),
                    IntStream.range(100, orders.count()).toArray());
            assertRows(
                    lake,
                    Expressions.equal("dt", orders.date(45)),
                    IntStream.range(40, 80).toArray());
            assertRows(
                    lake,
                    Expressions.lessThan("timestamp", orders.time(70).toEpochMilli() * 1000),
                    IntStream.range(0, 70).toArray());
            assertRows(
                    lake,
                    Expressions.greaterThan("value.count", 500L),
                    IntStream.range(0, orders.count())
                            .filter(i -> !LakeOrders.isTombstone(i) && i * 7 - 100 > 500)
                            .toArray());
            for (String asked : List.of("status", "verify")) {
                Cli.run(lake.command(asked)).exits(0);
            }
        }
    }

    @Test
    void twoRunnersAtOnce() throws Exception {
        LakeOrders orders = new LakeOrders(3, 40);
        try (StandInRegistry registry = StandInRegistry.start();
                RestLake lake = new RestLake(dir)) {
            String topic = orders.produce(registry, "tworunners");
            String[] command = lake.export(lake.server().port(), topic, TABLE, pages(orders.windows(registry)));
            try (CliProcess one = CliProcess.start(command);
                    CliProcess other = CliProcess.start(command)) {
                for (CliProcess process : List.of(one, other)) {
                    Cli.Result result = process.await();
                    System.out.println("a runner of two: " + result.code() + " " + result.err());
                    assertThat(result.code()).as(result.err()).isIn(0, 5);
                }
            }
            Cli.run(command).exits(0);

            assertRows(
                    lake,
                    Expressions.alwaysTrue(),
                    IntStream.range(0, orders.count()).toArray());
            for (String asked : List.of("status", "verify")) {
                Cli.run(lake.command(asked)).exits(0);
            }
        }
    }

    private static String[] pages(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--page-size", "10", "--file-size", "5"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static void assertRows(RestLake lake, Expression filter, int... numbers) {
        Set<List<Object>> expected = new HashSet<>();
        for (int i : numbers) {
            expected.add(List.of(i % 2, (long) (i / 2)));
        }
        List<Record> rows = lake.rows(TABLE, filter);
        assertThat(rows).as("%s", filter).hasSize(numbers.length);
        assertThat(rows.stream().map(row -> List.of(row.getField("partition"), row.getField("offset"))))
                .as("%s", filter)
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
