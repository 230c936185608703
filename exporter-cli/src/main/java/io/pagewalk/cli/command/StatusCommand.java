package io.pagewalk.cli.command;

import io.pagewalk.ExportStatus;
import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.document.StatusDocument;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.StoredExportOptions;
import io.pagewalk.cli.table.CatalogOptions;
import io.pagewalk.cli.table.TableStatus;
import io.pagewalk.cli.text.StatusText;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.log.ExportState;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.topics.StoredTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells where an export stands, to people and to jobs that wait for it. */
@Command(
        name = "status",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk status --output=URI [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExample:%n",
        description =
                "Tells where an export stands. The exit code is 0 only when it is complete, 8 when it is complete but for"
                        + " losses on record or records set aside, and 3 while it is not, or a table that follows it is behind. Needs no broker, unless the log is in a topic. Of"
                        + " an output of many topics it tells a line each, and ends with the gravest.",
        footer = "  pagewalk status --output /data/orders && load-into-warehouse /data/orders")
public final class StatusCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print it as a JSON document.")
    private boolean json;

    @Option(
            names = "--fresher-than",
            paramLabel = "DURATION",
            description =
                    "End with exit code 3 if the last run was frozen longer ago, such as 25h. With --bootstrap-server, a"
                            + " series that has all that its topic has is fresh.")
    private @Nullable Duration fresherThan;

    @Mixin
    private final CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private final StoredExportOptions stored = new StoredExportOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ExportStatus status;
        ExportPlan next;
        TableStatus table;
        try (Pagewalk pagewalk = stored.open(console)) {
            List<StoredTopic> many = stored.many(pagewalk);
            if (!many.isEmpty()) {
                return new EachTopic(console, stored.output().toString(), json)
                        .run(many, this::ofOne)
                        .code();
            }
            StoredExport export = stored.in(pagewalk);
            status = export.status();
            next = next(export, status);
            table = TableStatus.of(export, status, catalog, console);
        }
        if (json) {
            console.out().println(Json.document(StatusDocument.of(status, next, TableStatus.partOf(table))));
        } else {
            StatusText.lines(status, next, table == null ? null : table.text()).stream()
                    .map(Reasons::oneLine)
                    .forEach(console.out()::println);
        }
        return code(status, next, table).code();
    }

    private EachTopic.Said ofOne(StoredExport export) {
        ExportStatus status = export.status();
        ExportPlan next = next(export, status);
        TableStatus table = TableStatus.of(export, status, catalog, console);
        return new EachTopic.Said(
                code(status, next, table),
                List.of(StatusText.line(status) + (table == null ? "" : "; " + table.text())),
                StatusDocument.of(status, next, TableStatus.partOf(table)));
    }

    private ExitCode code(ExportStatus status, @Nullable ExportPlan next, @Nullable TableStatus table) {
        ExportState state = status.state();
        if (table != null && table.problem() != null) {
            return table.problem();
        }
        if (state == null || !state.isComplete() || !isFresh(state, next) || (table != null && !table.isLevel())) {
            return ExitCode.STOPPED;
        }
        return ExitCode.ofComplete(state.isMarked());
    }

    /** What is known of the log is told also where the topic is not the same any more, or nobody answers. */
    private @Nullable ExportPlan next(StoredExport export, ExportStatus status) {
        ExportState state = status.state();
        if (state == null) {
            return null;
        }
        try {
            return export.nextRun(state).orElse(null);
        } catch (PagewalkException e) {
            console.warn("the next run of topic " + status.topic() + " cannot be told of: " + Reasons.line(e));
            return null;
        }
    }

    /** With brokers, a series that has all that its topic has is fresh however long ago that was. */
    private boolean isFresh(ExportState state, @Nullable ExportPlan next) {
        if (fresherThan == null || (next != null && next.extent().size() == 0)) {
            return true;
        }
        Duration age = Duration.between(state.start().frozenAt(), Instant.now());
        if (age.compareTo(fresherThan) < 0) {
            return true;
        }
        console.warn(state.last().topic() + " is not fresh: its last run was frozen at "
                + state.start().frozenAt()
                + ", longer ago than --fresher-than allows"
                + (next == null
                        ? "; whether the topic has anything new was not looked at, --bootstrap-server does"
                        : ""));
        return false;
    }
}
