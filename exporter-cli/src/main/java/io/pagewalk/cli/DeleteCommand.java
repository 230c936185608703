package io.pagewalk.cli;

import io.pagewalk.cli.place.Access;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.run.Checkpoint;
import io.pagewalk.run.Claim;
import io.pagewalk.run.ExportDeletion;
import io.pagewalk.run.ExportDeletion.Contents;
import io.pagewalk.run.StopSignal;
import io.pagewalk.sink.FileFormats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "A deletion that was interrupted is finished by the same command; until then no run goes on with the export."
        },
        footer = "  pagewalk delete --output /data/orders --yes")
final class DeleteCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final OutputOptions options = new OutputOptions();

    @Mixin
    private final LogConnectionOptions connection = new LogConnectionOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!yes && !console.canAsk()) {
            throw new UsageException("nobody can be asked here: --yes deletes without");
        }
        Access access = options.access(
                console, log -> connection.settings(console, log), connection.retryTimeout, new StopSignal());
        ExportFinder finder = new ExportFinder(access, options.output);
        Optional<ExportFinder.Found> found = finder.findIfAny(options.checkpoints, options.exportId());
        if (found.isEmpty()) {
            return nothing(access).code();
        }
        try (ExportPlaces places = ExportPlaces.open(
                access,
                options.output,
                found.get().checkpoints(),
                found.get().exportId(),
                ThisRun.origin(console.environment()))) {
            Claim claim = new Claim(found.get().exportId(), places.claimedCheckpoints());
            Optional<String> topic = finder.claimedTopic(claim, places.store());
            return (topic.isEmpty() ? unclaimed(places) : delete(places, claim, topic.get())).code();
        }
    }

    private ExitCode delete(ExportPlaces places, Claim claim, String topic) throws IOException {
        ExportDeletion deletion = new ExportDeletion(
                places.output(),
                places.store(),
                claim,
                topic,
                pinned -> FileFormats.create(pinned.fileSettings(), pinned.formats())
                        .extension());
        requireNoLiveRun(places);
        Contents contents = deletion.contents();
        String what = "export " + claim.exportId() + " of topic " + topic + ": "
                + Human.count(contents.files() + contents.uncommitted().size(), "file") + " in " + options.output
                + " and " + Human.count(contents.checkpoints(), "checkpoint") + " in "
                + places.log().location();
        if (!yes && !confirmed(what, contents)) {
            console.info("nothing was deleted");
            return ExitCode.STOPPED;
        }
        requireNoLiveRun(places);
        if (!deletion.contents().equals(contents)) {
            throw new UsageException(
                    "export " + claim.exportId() + " has changed meanwhile; nothing was deleted, delete it again");
        }
        deletion.delete(contents);
        console.out().println("deleted " + what);
        return ExitCode.COMPLETE;
    }

    private void requireNoLiveRun(ExportPlaces places) throws IOException {
        List<String> alive = places.liveRuns();
        if (!alive.isEmpty()) {
            throw new UsageException("a run is alive in " + options.output + " (" + String.join(", ", alive)
                    + "): stop it, or wait for its end, and delete then");
        }
    }

    private boolean confirmed(String what, Contents contents) {
        Checkpoint last = contents.last();
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

    /** Neither a claim nor a log: a deletion has nothing left to do. */
    private ExitCode nothing(Access access) {
        Optional<AuditFinder.Result> unclaimed =
                new AuditFinder(access, options.output).findIfAny(options.checkpoints, options.exportId());
        if (unclaimed.isPresent()) {
            throw withoutClaim(unclaimed.get().target().exportId());
        }
        console.out().println("there is nothing to delete in " + options.output);
        return ExitCode.COMPLETE;
    }

    private ExitCode unclaimed(ExportPlaces places) throws IOException {
        if (places.store().sequences().length > 0) {
            throw withoutClaim(places.log().exportId());
        }
        console.out().println("there is nothing to delete in " + options.output);
        return ExitCode.COMPLETE;
    }

    private UsageException withoutClaim(String exportId) {
        return new UsageException("export " + exportId + " has a log, but " + options.output
                + " has no claim of it: name the output it was started with, or remove the log by hand");
    }
}
