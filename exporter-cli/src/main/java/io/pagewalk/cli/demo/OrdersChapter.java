package io.pagewalk.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records of JSON, of which some transactions were aborted: an export is killed, and goes on. */
final class OrdersChapter {
    static final String TOPIC = "orders";

    private static final int PAGES = 30;
    /** Of 30 pages of committed records and, with the aborted ones, 35 of offsets. */
    private static final int PAGES_BEFORE_KILL = 17;

    /** The exit code of {@code status} for an export that is not complete. */
    private static final int STOPPED_EARLY = 3;

    private final Stage stage;
    private final int orders;
    private final Path output;

    OrdersChapter(Stage stage, int orders, Path output) {
        this.stage = stage;
        this.orders = orders;
        this.output = output;
    }

    void play() throws IOException, InterruptedException {
        Ledger ledger = fill();
        Stage.SmallPages export = new Stage.SmallPages(TOPIC, output, List.of(), orders / PAGES);
        stage.exportAndKill(export, PAGES_BEFORE_KILL);
        stage.run(STOPPED_EARLY, List.of("status", "--output", output.toString()));
        stage.script().step("The same export command again");
        stage.export(export);
        prove(ledger);
    }

    private Ledger fill() throws InterruptedException {
        Ledger ledger = TopicFiller.fill(
                stage.servers(),
                TOPIC,
                Order.PARTITIONS,
                orders,
                number -> Order.of(number).record(TOPIC));
        long tombstones = ledger.committed().values().stream()
                .filter(number -> Order.of(number).value() == null)
                .count();
        String shares = IntStream.range(0, Order.PARTITIONS)
                .mapToObj(partition -> Script.count(ledger.committedIn(partition)))
                .collect(Collectors.joining(", "));
        stage.script()
                .step("Topic " + TOPIC + " filled: " + Script.count(orders) + " records with headers, "
                        + Script.count(tombstones) + " of them tombstones");
        stage.script()
                .say("   in partitions of " + shares + "; and, in between, " + Script.count(ledger.abortedRecords())
                        + " that were aborted");
        return ledger;
    }

    private void prove(Ledger ledger) throws IOException {
        stage.script()
                .step("Reading the files back, with parquet-java's own reader, and comparing with what was produced");
        ReadBack.Result result = stage.prove(output, ledger, OrderRow::isAsProduced);
        stage.script()
                .say("   PROVEN: all " + Script.count(result.records()) + " records are there exactly once, in "
                        + Script.count(result.files()) + " files, with the key, value, timestamp and headers");
        stage.script()
                .say("   they were produced with; none of the " + Script.count(ledger.abortedRecords())
                        + " aborted ones is.");
    }
}
