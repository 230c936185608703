package io.pagewalk.cli.command;

import io.pagewalk.Export;
import io.pagewalk.ExportPlace;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.Interrupts;
import io.pagewalk.cli.document.ReportFile;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.metrics.MetricsTargets;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ExecutionOptions;
import io.pagewalk.cli.option.ExportConnectionOptions;
import io.pagewalk.cli.option.ExportShape;
import io.pagewalk.cli.option.ExportedTopicsOptions;
import io.pagewalk.cli.option.FileOptions;
import io.pagewalk.cli.option.OutputOptions;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.cli.option.RecordSourceOptions;
import io.pagewalk.cli.option.SelectionOptions;
import io.pagewalk.cli.option.SeriesOptions;
import io.pagewalk.cli.schema.SchemaOptions;
import io.pagewalk.cli.table.TableOptions;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.topics.TopicPlaces;
import io.pagewalk.topics.TopicSelection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an export, from its beginning or from where the last run of it ended. */
@Command(
        name = "export",
        synopsisHeading = "Usage: ",
        customSynopsis =
                "pagewalk export --bootstrap-server=HOST:PORT (--topic=TOPIC | --topics=LIST) --output=URI [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = {
            "Copies a topic, up to where it ends now, into files. Run again with the same options, it goes on where the"
                    + " last committed page ended.",
            "",
            "With --incremental it goes on with a complete export: what is new since is its next run. With --window each hour,"
                    + " day or month is a run, in a directory of its own.",
            "",
            "With --topics it copies many topics, some at a time, each into a directory OUTPUT/TOPIC. What fails for one topic ends"
                    + " that one alone; the exit code is the gravest.",
            "",
            "With --iceberg-table each committed page is added to a table of Apache Iceberg, too.",
            "",
            "With --from-dead-letters it copies what an earlier export of the topic has set aside, once that can be read.",
            "",
            "The options under Records, Payloads, Files and Output shape the output. They are kept from the first run on:"
                    + " a later run that gives others is refused."
        },
        footer = {
            "  pagewalk export --bootstrap-server localhost:9092 --topic orders --output /data/orders",
            "  pagewalk export --bootstrap-server localhost:9092 --topic orders --output file:///data/january \\",
            "      --from 2026-01-01 --to 2026-02-01 --format jsonl --value-format json --quiet --report run.json",
            "  pagewalk export --bootstrap-server localhost:9092 --topic orders --output /data/orders \\",
            "      --incremental --to today --time-zone Europe/Berlin",
            "  pagewalk export --bootstrap-server localhost:9092 --topic orders --output s3://lake/orders --window day",
            "  pagewalk export --bootstrap-server localhost:9092 --topics 'orders,payments-.*' --exclude '.*-test' \\",
            "      --output s3://lake/raw --incremental --to today",
            "  pagewalk export --bootstrap-server localhost:9092 --topic orders --output s3://lake/orders --window day \\",
            "      --iceberg-table sales.orders --iceberg-catalog-config lake.properties",
            "  pagewalk export --from-dead-letters /data/orders --topic orders --output /data/orders-rest"
        })
public final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ExportConnectionOptions connection = new ExportConnectionOptions();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final ExportedTopicsOptions topics = new ExportedTopicsOptions();

    @Mixin
    private final RecordSourceOptions records = new RecordSourceOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final PayloadOptions payloads = new PayloadOptions();

    @Mixin
    private final SchemaOptions schemas = new SchemaOptions();

    @Mixin
    private final SeriesOptions series = new SeriesOptions();

    @Mixin
    private final TableOptions table = new TableOptions();

    @Mixin
    private final ExecutionOptions run = new ExecutionOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (run.quiet) {
            console.beQuiet();
        }
        DirectoryLocation deadLetters = records.fromDeadLetters(selection, output);
        if (deadLetters != null && series.isSeries()) {
            throw new UsageException(
                    "--incremental goes on with an export of a topic; what was set aside is exported once");
        }
        TopicSelection many = topics.selection();
        if (many != null) {
            if (deadLetters != null) {
                throw new UsageException("--from-dead-letters exports what was set aside of one topic, not of many");
            }
            selection.requireNoTopic();
            return exportMany(many).code();
        }
        console.workSite().requireReachable(output.output);
        if (deadLetters != null) {
            console.workSite().requireReachable(deadLetters);
        }
        ExportSpec spec = ExportShape.spec(selection, payloads, schemas, files, deadLetters, series);
        ExportPlace place = output.place();
        RunOptions.Builder how = table.addTo(series.addTo(run.toRunOptions()), console);
        MetricsTargets metrics = run.metrics(console);
        try (Pagewalk pagewalk = connection.open(console, output, run, schemas)) {
            how.workers(console.workSite().workers(pagewalk));
            ReportFile report = run.report(pagewalk, output);
            return run(spec, place, how, pagewalk.export(spec, place), report, metrics)
                    .code();
        }
    }

    private ExitCode exportMany(TopicSelection many) {
        console.workSite().requireReachable(output.output);
        TopicPlaces places = output.places();
        RunOptions.Builder how = table.addTo(series.addTo(run.toRunOptions()), console);
        try (Pagewalk pagewalk = connection.open(console, output, run, schemas)) {
            how.workers(console.workSite().workers(pagewalk));
            ReportFile report = run.report(pagewalk, output);
            ManyTopics exports = new ManyTopics(console, pagewalk, places, run, how, series.isSeries(), report);
            return exports.run(
                    many,
                    topics,
                    topic -> ExportShape.spec(topic, selection, payloads, schemas, files, null, series),
                    this::stopOnSignals);
        }
    }

    private ExitCode run(
            ExportSpec spec,
            ExportPlace place,
            RunOptions.Builder how,
            Export export,
            @Nullable ReportFile report,
            MetricsTargets metrics) {
        stopOnSignals(export::stop);
        return new ExportNarrator(console, spec, place, export, run.progress, run.threads(), report, metrics).run(how);
    }

    private void stopOnSignals(Runnable stop) {
        if (!console.workSite().takesSignals()) {
            return;
        }
        Interrupts.install(
                () -> {
                    // First: a terminal or pipe that nobody reads may keep what is told.
                    try {
                        stop.run();
                    } finally {
                        console.info("stopping; a second signal ends at once");
                    }
                },
                () -> console.warn("something does not answer, and this run cannot wait for it any longer; what is"
                        + " committed stands, run again to resume"));
    }
}
