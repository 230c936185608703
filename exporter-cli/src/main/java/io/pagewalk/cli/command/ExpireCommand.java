package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.StoredExportOptions;
import io.pagewalk.cli.table.CatalogOptions;
import io.pagewalk.cli.text.Human;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.log.Expiry;
import io.pagewalk.topics.StoredTopic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes the oldest runs of a series. */
@Command(
        name = "expire",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk expire --output=URI (--keep=DURATION | --keep-runs=N) [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExample:%n",
        description = {
            "Removes the oldest runs of a series, with their files and their logs. Shows what it would remove; --yes does it. The last"
                    + " complete run always stays: the next one continues it.",
            "",
            "Before it removes anything it puts on record that the runs have expired: a command that slept, and begins one of"
                    + " them again, finds that and takes it back. An expiry that was interrupted is finished by the next."
        },
        footer = "  pagewalk expire --output /data/orders --keep 90d --yes")
public final class ExpireCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--keep",
            paramLabel = "DURATION",
            description =
                    "Keep the runs whose window has ended within that time, such as 90d; without windows, those that were"
                            + " frozen within it.")
    private @Nullable Duration keep;

    @Option(names = "--keep-runs", paramLabel = "N", description = "Keep the last N complete runs.")
    private @Nullable Integer keepRuns;

    @Option(names = "--yes", description = "Remove it; without, it is only shown.")
    private boolean yes;

    @Mixin
    private final CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private final StoredExportOptions stored = new StoredExportOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public ExpireCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if ((keep == null) == (keepRuns == null)) {
            throw new UsageException("say what to keep: --keep and a time, or --keep-runs and a number");
        }
        if (keepRuns != null && keepRuns < 1) {
            throw new UsageException(
                    "--keep-runs " + keepRuns + " is not at least 1: the last complete run always stays");
        }
        try (Pagewalk pagewalk = stored.open(console)) {
            List<StoredTopic> many = stored.namedMany(pagewalk);
            if (!many.isEmpty()) {
                return new EachTopic(console, stored.output().toString(), false)
                        .run(many, this::ofOne)
                        .code();
            }
            console.out().println(expire(stored.in(pagewalk), "in " + stored.output()));
            return ExitCode.COMPLETE.code();
        }
    }

    private EachTopic.Said ofOne(StoredExport export) {
        String where = "in " + export.place().output();
        return new EachTopic.Said(ExitCode.COMPLETE, List.of(expire(export, where)), null);
    }

    /** What was done, or would be. */
    private String expire(StoredExport export, String where) {
        Expiry expiry = keep != null ? export.olderThan(keep) : export.butLast(Objects.requireNonNull(keepRuns));
        if (expiry.isEmpty()) {
            return "nothing to expire " + where;
        }
        if (yes) {
            Optional<StoredTable> table = catalog.tableOf(export, console);
            table.ifPresentOrElse(following -> following.expire(expiry), () -> export.expire(expiry));
        }
        return (yes ? "expired " : "would expire ") + what(expiry, where) + (yes ? "" : "; --yes does it");
    }

    private static String what(Expiry expiry, String where) {
        if (expiry.last() < expiry.first()) {
            return "what an interrupted expiry has left of " + Human.count(expiry.unfinished(), "run") + " " + where;
        }
        return (expiry.first() == expiry.last()
                        ? "run " + expiry.first()
                        : "runs " + expiry.first() + " to " + expiry.last())
                + ": " + Human.count(expiry.files(), "file") + ", " + Human.bytes(expiry.bytes()) + " "
                + where
                + (expiry.unfinished() == 0
                        ? ""
                        : ", and what an interrupted expiry has left of "
                                + Human.count(expiry.unfinished(), "run before"));
    }
}
