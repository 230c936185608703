package io.pagewalk.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Records of Avro in two versions of their schema: an export in typed columns goes on after the registry is gone. */
final class PaymentsChapter {
    static final String TOPIC = "payments";

    private static final int PAGES = 12;
    private static final int PAGES_BEFORE_KILL = 5;

    private final Stage stage;
    private final int payments;
    private final Path output;

    PaymentsChapter(Stage stage, int payments, Path output) {
        this.stage = stage;
        this.payments = payments;
        this.output = output;
    }

    void play() throws IOException, InterruptedException {
        Ledger ledger;
        try (DemoRegistry registry = DemoRegistry.start(TOPIC + "-value", Payment.SCHEMAS)) {
            stage.script().step("A stand-in for a schema registry started at " + registry.url());
            ledger = fill();
            stage.run(
                    0,
                    List.of(
                            "plan",
                            "--bootstrap-server",
                            stage.servers(),
                            "--topic",
                            TOPIC,
                            "--schema-registry",
                            registry.url()));
            stage.exportAndKill(export(List.of("--schema-registry", registry.url())), PAGES_BEFORE_KILL);
        }
        stage.script().step("The registry is stopped for good, and the export goes on without it");
        stage.export(export(List.of()));
        prove(ledger);
    }

    private Stage.SmallPages export(List<String> registry) {
        return new Stage.SmallPages(TOPIC, output, registry, payments / PAGES);
    }

    private Ledger fill() throws InterruptedException {
        Ledger ledger = TopicFiller.fill(
                stage.servers(),
                TOPIC,
                Payment.PARTITIONS,
                payments,
                number -> Payment.of(number).record(TOPIC));
        stage.script()
                .say("   Topic " + TOPIC + " filled: " + Script.count(payments) + " records of Avro, in two versions of"
                        + " its schema: the second one renames");
        stage.script().say("   a field, widens two, counts microseconds where there were milliseconds, and adds two");
        return ledger;
    }

    private void prove(Ledger ledger) throws IOException {
        stage.script().step("Reading the columns back");
        ReadBack.Result result = stage.prove(output, ledger, PaymentRow::isAsProduced);
        stage.script()
                .say("   PROVEN: all " + Script.count(result.records()) + " payments of both versions are there exactly"
                        + " once, in " + Script.count(result.files()) + " files, in the same columns.");
    }
}
