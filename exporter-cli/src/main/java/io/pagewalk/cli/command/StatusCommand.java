package io.pagewalk.cli.command;

import io.pagewalk.ExportStatus;
import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.document.StatusDocument;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.StoredExportOptions;
import io.pagewalk.cli.text.StatusText;
import io.pagewalk.error.Reasons;
import io.pagewalk.log.ExportState;
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
    private final StoredExportOptions stored = new StoredExportOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ExportStatus status;
        try (Pagewalk pagewalk = stored.open(console)) {
            status = stored.in(pagewalk).status();
        }
        if (json) {
            console.out().println(Json.document(StatusDocument.of(status)));
        } else {
            StatusText.lines(status).stream().map(Reasons::oneLine).forEach(console.out()::println);
        }
        ExportState state = status.state();
        return (state != null && state.isComplete() ? ExitCode.ofComplete(state.isMarked()) : ExitCode.STOPPED).code();
    }
}
