package io.pagewalk.cli.command;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.LogConnectionOptions;
import io.pagewalk.cli.option.OutputOptions;
import io.pagewalk.cli.text.Json;
import io.pagewalk.cli.text.StatusText;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.ExportFinder;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.ThisRun;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.log.ExportState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
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
                        + " losses on record or records set aside, and 3 while it is not. Needs no broker, unless the log is in a topic.",
        footer = "  pagewalk status --output /data/orders && load-into-warehouse /data/orders")
public final class StatusCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print it as a JSON document.")
    private boolean json;

    @Mixin
    private final OutputOptions options = new OutputOptions();

    @Mixin
    private final LogConnectionOptions connection = new LogConnectionOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Access access = options.access(
                console, log -> connection.settings(console, log), connection.retryTimeout, new StopSignal());
        return Watched.call(
                console,
                access.waits(),
                connection.retryTimeout,
                () -> tell(access).code());
    }

    private ExitCode tell(Access access) throws IOException {
        ExportFinder finder = new ExportFinder(access, options.output);
        ExportFinder.Found found = finder.find(options.checkpoints, options.exportId());
        try (ExportPlaces places =
                ExportPlaces.openToTell(access, options.output, found, ThisRun.origin(console.environment()))) {
            Optional<ExportState> state = places.log().look();
            return state.isPresent() ? tell(found, state.get()) : tellNotStarted(finder, found, places);
        }
    }

    private ExitCode tell(ExportFinder.Found found, ExportState state) throws IOException {
        if (json) {
            console.out().println(Json.document(StatusText.document(found, state)));
        } else {
            StatusText.lines(found, state).stream().map(Failure::oneLine).forEach(console.out()::println);
        }
        return state.isComplete() ? ExitCode.ofComplete(state.totals()) : ExitCode.STOPPED;
    }

    /** An export claims its output before it has a checkpoint; whoever waits for it shall go on waiting. */
    private ExitCode tellNotStarted(ExportFinder finder, ExportFinder.Found found, ExportPlaces places)
            throws IOException {
        String topic = finder.claimedTopic(places.claim(), places.store())
                .orElseThrow(() -> new UsageException("export " + found.exportId() + " in " + options.output
                        + " has no checkpoint in " + places.log().location()
                        + ": it was never started, or its log is elsewhere (--checkpoints)"));
        if (json) {
            console.out().println(Json.document(StatusText.notStartedDocument(found, topic)));
        } else {
            StatusText.notStartedLines(found, topic).forEach(console.out()::println);
        }
        return ExitCode.STOPPED;
    }
}
