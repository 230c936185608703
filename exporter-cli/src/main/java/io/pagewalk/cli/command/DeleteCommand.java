package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.Removal;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.StoredExportOptions;
import io.pagewalk.cli.table.CatalogOptions;
import io.pagewalk.cli.text.Human;
import io.pagewalk.cli.text.RunTexts;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.topics.StoredTopic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes an export, so that it can be started anew. */
@Command(
        name = "delete",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk delete --output=URI [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExample:%n",
        description = {
            "Deletes an export: exactly the data files that its log lists and those of its pages under way, then its log and"
                    + " its claim. Asks first on a terminal; elsewhere it needs --yes.",
            "",
            "Before it removes anything it leaves a small record in OUTPUT/_pagewalk, for good: a run that is still alive where"
                    + " nobody can see it finds that, and stops. The next export of the topic gets another generation in the"
                    + " names of its files.",
            "",
            "A deletion that was interrupted is finished by the same command; until then no run goes on with the export, and"
                    + " none begins."
        },
        footer = "  pagewalk delete --output /data/orders --yes")
public final class DeleteCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--without-log",
            description = "Delete an export whose log is lost or damaged: all data files of its topic that carry its"
                    + " generation, or one before, in their names.")
    private boolean withoutLog;

    @Mixin
    private final CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private final StoredExportOptions stored = new StoredExportOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!yes && !console.canAsk()) {
            throw new UsageException("there is no terminal to ask at; --yes deletes without asking");
        }
        try (Pagewalk pagewalk = stored.open(console)) {
            List<StoredTopic> many = stored.namedMany(pagewalk);
            if (!many.isEmpty()) {
                return deleteMany(many).code();
            }
            StoredExport export = stored.in(pagewalk);
            Optional<Removal> removal = removal(export);
            return (removal.isPresent() ? delete(export, removal.get()) : nothing(export)).code();
        }
    }

    private Optional<Removal> removal(StoredExport export) {
        return withoutLog ? export.removalWithoutLog() : export.removal();
    }

    /** One question for all; what fails for one leaves the others to be deleted. */
    private ExitCode deleteMany(List<StoredTopic> many) {
        String topics = many.stream().map(StoredTopic::topic).collect(Collectors.joining(", "));
        String what = "the exports of " + Human.count(many.size(), "topic") + " in " + stored.output() + ": " + topics;
        if (!yes && !confirmed(what, null)) {
            console.info("nothing was deleted");
            return ExitCode.STOPPED;
        }
        return new EachTopic(console, stored.output().toString(), false).run(many, this::deleteOne);
    }

    private EachTopic.Said deleteOne(StoredExport export) {
        Optional<Removal> removal = removal(export);
        List<String> lines = new ArrayList<>();
        if (removal.isEmpty()) {
            lines.add("there is nothing to delete in " + export.place().output());
        } else {
            remove(export, removal.get());
            lines.add("deleted " + what(export, removal.get()));
            leftOfLog(removal.get()).ifPresent(console::warn);
        }
        return new EachTopic.Said(ExitCode.COMPLETE, lines, null);
    }

    /** A table that follows loses the files first. */
    private int remove(StoredExport export, Removal removal) {
        Optional<StoredTable> table = catalog.tableOf(export, console);
        return table.isPresent() ? table.get().remove(removal) : export.remove(removal);
    }

    private static Optional<String> leftOfLog(Removal removal) {
        return removal.removesLog()
                ? Optional.empty()
                : Optional.of("what is left of the log in " + removal.logLocation()
                        + " was not removed: that takes --bootstrap-server");
    }

    private ExitCode nothing(StoredExport export) {
        if (withoutLog) {
            console.out()
                    .println("no claim of an export is in " + stored.output()
                            + ": there is nothing that could be deleted without a log");
            return ExitCode.COMPLETE;
        }
        clearAway(export);
        console.out().println("there is nothing to delete in " + stored.output());
        return ExitCode.COMPLETE;
    }

    private ExitCode delete(StoredExport export, Removal removal) {
        String what = what(export, removal);
        if (!yes && !confirmed(what, removal.last())) {
            console.info("nothing was deleted");
            return ExitCode.STOPPED;
        }
        int cleared = remove(export, removal);
        if (cleared > 0) {
            console.info(RunTexts.cleared(cleared));
        }
        console.out().println("deleted " + what);
        leftOfLog(removal).ifPresent(console::warn);
        return ExitCode.COMPLETE;
    }

    private String what(StoredExport stood, Removal removal) {
        String export = "export " + removal.exportId() + " of topic " + removal.topic();
        String files =
                Human.count(removal.files(), "file") + " in " + stood.place().output();
        return withoutLog
                ? export + ", without its log: " + files + " that carry generation " + removal.generation()
                        + " or one before"
                : export + ": " + files + " and " + Human.count(removal.checkpoints(), "checkpoint") + " in "
                        + removal.logLocation();
    }

    private void clearAway(StoredExport export) {
        int cleared = export.clearAway();
        if (cleared > 0) {
            console.info(RunTexts.cleared(cleared));
        }
    }

    private boolean confirmed(String what, @Nullable Checkpoint last) {
        console.err().println("This deletes " + Reasons.oneLine(what) + ".");
        if (last != null) {
            console.err()
                    .println("Its last commit was at " + last.committedAt() + ", by "
                            + Reasons.oneLine(last.origin().toString()) + ".");
        }
        if (!stored.output().tellsLiveRuns()) {
            console.err().println("Nobody can tell there whether a run is alive: see that none is.");
        }
        console.err().print("Type yes to go on: ");
        console.err().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
        } catch (IOException e) {
            throw new ExportFailedException("cannot read standard input: " + Reasons.line(e), e);
        }
    }
}
