package io.pagewalk.cli.command;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.LogConnectionOptions;
import io.pagewalk.cli.option.OutputOptions;
import io.pagewalk.cli.text.Human;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.AuditFinder;
import io.pagewalk.internal.export.ExportFinder;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.ThisRun;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.run.ExportDeletion;
import io.pagewalk.internal.run.ExportDeletion.Contents;
import io.pagewalk.location.KafkaTopic;
import io.pagewalk.location.Location;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.spi.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    private final OutputOptions options = new OutputOptions();

    @Mixin
    private final LogConnectionOptions connection = new LogConnectionOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (!yes && !console.canAsk()) {
            throw new UsageException("nobody can be asked here: --yes deletes without");
        }
        Access access = options.access(
                console, log -> connection.settings(console, log), connection.retryTimeout, new StopSignal());
        return Watched.call(
                console,
                access.waits(),
                connection.retryTimeout,
                () -> delete(access).code());
    }

    private ExitCode delete(Access access) throws IOException {
        ExportFinder finder = new ExportFinder(access, options.output);
        if (withoutLog) {
            return withoutLog(access, finder);
        }
        Optional<ExportFinder.Found> found = finder.findIfAny(options.checkpoints, options.exportId());
        if (found.isEmpty()) {
            return nothing(access);
        }
        try (ExportPlaces places =
                ExportPlaces.openToDelete(access, options.output, found.get(), ThisRun.origin(console.environment()))) {
            Claim claim = places.claim();
            Optional<String> topic = finder.claimedTopic(claim, places.store());
            return topic.isEmpty() ? unclaimed(places) : delete(places, claim, topic.get());
        }
    }

    private ExitCode delete(ExportPlaces places, Claim claim, String topic) throws IOException {
        ExportDeletion deletion = new ExportDeletion(places.output(), places.store(), claim, topic);
        requireNoLiveRun(places);
        Contents contents = deletion.contents();
        String what = "export " + claim.exportId() + " of topic " + topic + ": "
                + Human.count(contents.files() + contents.uncommitted().size(), "file") + " in " + options.output
                + " and " + Human.count(contents.checkpoints(), "checkpoint") + " in "
                + places.log().location();
        if (!yes && !confirmed(what, contents.last())) {
            console.info("nothing was deleted");
            return ExitCode.STOPPED;
        }
        requireNoLiveRun(places);
        if (!deletion.contents().equals(contents)) {
            throw new UsageException(
                    "export " + claim.exportId() + " has changed meanwhile; nothing was deleted, delete it again");
        }
        tellCleared(places.removeDeadTemporaries());
        deletion.delete(contents);
        console.out().println("deleted " + what);
        return ExitCode.COMPLETE;
    }

    private void tellCleared(int removed) {
        if (removed > 0) {
            console.info(ExportPlaces.cleared(removed));
        }
    }

    private ExitCode withoutLog(Access access, ExportFinder finder) throws IOException {
        Optional<ExportFinder.Unread> found = finder.findWithoutLog(options.exportId());
        if (found.isEmpty()) {
            console.out()
                    .println("no claim of an export is in " + options.output
                            + ": there is nothing that could be deleted without a log");
            return ExitCode.COMPLETE;
        }
        Claim claim = found.get().claim();
        String topic = found.get().topic();
        Location checkpoints =
                options.checkpoints == null ? ExportFinder.checkpointsOf(claim, options.output) : options.checkpoints;
        // The log of a cluster that is gone cannot be removed, and nobody will take it for another generation's.
        boolean removesLog = !(checkpoints instanceof KafkaTopic) || connection.namesACluster();
        try (ExportPlaces places = ExportPlaces.openToDelete(
                access,
                options.output,
                new ExportFinder.Found(claim.log(), removesLog ? checkpoints : null),
                ThisRun.origin(console.environment()))) {
            ExportDeletion deletion = new ExportDeletion(places.output(), places.store(), claim, topic);
            requireNoLiveRun(places);
            String what = "export " + claim.exportId() + " of topic " + topic + ", without its log: "
                    + Human.count(deletion.filesByName(), "file") + " in " + options.output
                    + " that carry generation " + claim.generation() + " or one before";
            if (!yes && !confirmed(what, null)) {
                console.info("nothing was deleted");
                return ExitCode.STOPPED;
            }
            requireNoLiveRun(places);
            tellCleared(places.removeDeadTemporaries());
            deletion.deleteWithoutLog(removesLog);
            console.out().println("deleted " + what);
            if (!removesLog) {
                console.warn("what is left of the log in " + checkpoints
                        + " was not removed: that takes --bootstrap-server");
            }
            return ExitCode.COMPLETE;
        }
    }

    private void requireNoLiveRun(ExportPlaces places) throws IOException {
        List<String> alive = places.liveRuns();
        if (!alive.isEmpty()) {
            throw new UsageException("a run is alive in " + options.output + " (" + String.join(", ", alive)
                    + "): stop it, or wait for its end, and delete then");
        }
    }

    private boolean confirmed(String what, @Nullable Checkpoint last) {
        console.err().println("This deletes " + Failure.oneLine(what) + ".");
        if (last != null) {
            console.err()
                    .println("Its last commit was at " + last.committedAt() + ", by "
                            + Failure.oneLine(last.origin().toString()) + ".");
        }
        if (!options.output.tellsLiveRuns()) {
            console.err().println("Nobody can tell there whether a run is alive: see that none is.");
        }
        console.err().print("Type yes to go on: ");
        console.err().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
        } catch (IOException e) {
            throw new ExportFailedException("cannot read standard input: " + Failure.line(e), e);
        }
    }

    /** Neither a claim nor a log: a deletion has nothing left to do, but a run may have been killed before its claim. */
    private ExitCode nothing(Access access) throws IOException {
        Optional<AuditFinder.Result> unclaimed =
                new AuditFinder(access, options.output).findIfAny(options.checkpoints, options.exportId());
        if (unclaimed.isPresent()) {
            throw withoutClaim(unclaimed.get().target().exportId());
        }
        try (Storage storage = access.storage(
                options.output, ThisRun.origin(console.environment()).run())) {
            tellCleared(storage.removeDeadTemporaries());
        }
        console.out().println("there is nothing to delete in " + options.output);
        return ExitCode.COMPLETE;
    }

    private ExitCode unclaimed(ExportPlaces places) throws IOException {
        if (places.store().sequences().length > 0) {
            throw withoutClaim(places.log().exportId());
        }
        tellCleared(places.removeDeadTemporaries());
        console.out().println("there is nothing to delete in " + options.output);
        return ExitCode.COMPLETE;
    }

    private UsageException withoutClaim(String exportId) {
        return new UsageException("export " + exportId + " has a log, but " + options.output
                + " has no claim of it: name the output it was started with, or remove the log's folder");
    }
}
