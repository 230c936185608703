package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.document.PlanDocument;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ConnectionOptions;
import io.pagewalk.cli.option.ExportShape;
import io.pagewalk.cli.option.FileOptions;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.cli.option.SelectionOptions;
import io.pagewalk.cli.option.TopicsOptions;
import io.pagewalk.cli.schema.SchemaOptions;
import io.pagewalk.cli.text.PlanText;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.topics.TopicSelection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what an export would do. */
@Command(
        name = "plan",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk plan --bootstrap-server=HOST:PORT (--topic=TOPIC | --topics=LIST) [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExample:%n",
        description = "Tells what an export would do: ranges, sizes, pages, files, formats. It reads no records but"
                + " samples, and writes nothing.",
        footer = "  pagewalk plan --bootstrap-server localhost:9092 --topic orders --from 2026-01-01 --to 2026-02-01")
public final class PlanCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print the plan as a JSON document.")
    private boolean json;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final TopicsOptions topics = new TopicsOptions();

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final PayloadOptions payloads = new PayloadOptions();

    @Mixin
    private final SchemaOptions schemas = new SchemaOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TopicSelection many = topics.selection();
        if (many != null) {
            selection.requireNoTopic();
            return planMany(many).code();
        }
        ExportPlan plan;
        try (Pagewalk pagewalk = connection.open(console, schemas)) {
            plan = pagewalk.plan(ExportShape.spec(selection, payloads, schemas, files));
        }
        if (json) {
            console.out().println(Json.document(PlanDocument.of(plan)));
        } else {
            PlanText.lines(plan).forEach(console.out()::println);
        }
        return ExitCode.COMPLETE.code();
    }

    private ExitCode planMany(TopicSelection many) {
        try (Pagewalk pagewalk = connection.open(console, schemas)) {
            List<String> chosen =
                    TopicChoice.of(console, pagewalk, many, null, false).topics();
            return new EachTopic(console, null, json).run(chosen, i -> {
                ExportPlan plan =
                        pagewalk.plan(ExportShape.spec(chosen.get(i), selection, payloads, schemas, files, null, null));
                return new EachTopic.Said(ExitCode.COMPLETE, List.of(PlanText.line(plan)), PlanDocument.of(plan));
            });
        }
    }
}
