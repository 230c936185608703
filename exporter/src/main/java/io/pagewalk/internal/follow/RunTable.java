package io.pagewalk.internal.follow;

import io.pagewalk.ExportPlace;
import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.TableLevel;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.claim.FollowRecords.Following;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.spi.Storage;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.RowShape;
import io.pagewalk.table.TablePosition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table that follows the export of one command. For the command's thread, but for {@link #level}. */
public final class RunTable implements AutoCloseable {
    private final @Nullable TableRequest request;
    private final DirectoryLocation output;
    private final Storage files;
    private final LogName log;
    private final TableCatalogs catalogs;
    private final Supplier<ExportPlaces> opening;
    private final Duration retryTimeout;
    private final StopSignal stop;
    private final Consumer<String> told;

    private @Nullable BegunRun run;
    private boolean looked;
    private @Nullable SeriesTable series;
    private StopSignal.@Nullable Registration stopping;
    private volatile @Nullable FollowerThread thread;
    private volatile @Nullable Follower follower;
    private volatile long committedPages;

    /**
     * Of one command; nothing is opened yet.
     *
     * @param request null if no table is to follow
     * @param place where the export is
     * @param places the same, opened for the run
     * @param told in a line of what keeps the table from being level
     */
    public RunTable(
            Connection connection,
            Access access,
            @Nullable TableRequest request,
            ExportPlace place,
            ExportPlaces places,
            StopSignal stop,
            Consumer<String> told) {
        this.request = request;
        FoundExport export = new FoundExport(places.claim().log(), place.log());
        this.output = place.output();
        this.files = places.output();
        this.log = export.log();
        this.catalogs = connection.tables();
        this.opening = () -> ExportPlaces.openToTell(access, output, export, connection.newOrigin());
        this.retryTimeout = connection.retryTimeout();
        this.stop = stop;
        this.told = told;
    }

    /** The plan of a new export, with the ids of the table's columns: the table is found, made or widened for that. */
    public ExportPlan prepared(ExportPlan plan) {
        if (request == null) {
            return plan;
        }
        Map<String, String> settings = plan.request().fileSettings();
        RowShape shape = TableShapes.of(settings, plan.formats(), plan.request().windows() != null);
        PreparedTable table = catalogs.of(request).prepare(request.table(), shape, output);
        return plan.with(plan.request().withFileSettings(FileFormats.withColumnIds(settings, table.columnIds())));
    }

    /**
     * A run has begun, or is gone on with, or is complete: from now on the table is brought level with it.
     *
     * @throws UsageException if another table follows the export, or one does and none was named
     */
    public void begin(BegunRun begun) {
        run = begun;
        try {
            if (request == null) {
                requireNoneFollows(begun);
            } else if (thread == null) {
                start(request);
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot tell which table follows the export in " + output + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
        committed(LogChanges.endOf(begun.state()), begun.state().totals());
    }

    private void requireNoneFollows(BegunRun begun) throws IOException {
        if (!begun.fresh() && !looked) {
            FollowedPlace.requireNone(files, log, begun.state().last().topic());
        }
        looked = true;
    }

    private SeriesTable open() {
        SeriesTable opened = new SeriesTable(opening.get(), output);
        series = opened;
        return opened;
    }

    private void start(TableRequest wanted) throws IOException {
        SeriesTable opened = open();
        Following following = opened.follow(wanted, () -> catalogs.of(wanted));
        // A catalog that is away holds up no page; one that cannot be used is refused before there is one.
        FollowedTable table = new LateTable(() -> opened.open(following, catalogs.of(wanted)));
        Follower working = new Follower(table, opened.changes(), following.table(), wanted.reapply(), this::isClosing);
        FollowerThread started = new FollowerThread(
                "table " + following.table(),
                working::bringLevel,
                wanted.rule(),
                retryTimeout,
                why -> told.accept("table " + following.table() + " is not brought level: " + why));
        follower = working;
        thread = started;
        stopping = stop.onRequest(started::hurry);
    }

    private boolean isClosing() {
        FollowerThread started = thread;
        return started != null && started.isClosed();
    }

    /** A page of the run is committed. */
    public void committed(Totals totals) {
        BegunRun begun = run;
        if (begun != null) {
            committed(
                    TablePosition.NOTHING.at(
                            begun.state().series().number(),
                            begun.log().lastEntry().sequence()),
                    totals);
        }
    }

    private void committed(TablePosition end, Totals totals) {
        committedPages = Objects.requireNonNull(run).state().series().before().pages() + totals.pages();
        FollowerThread started = thread;
        if (started != null) {
            started.committed(end);
        }
    }

    /**
     * Waits until the table is level with all that is committed; where a stop was asked for, not for long.
     *
     * @throws PagewalkException if it does not come to be: what is committed stands, and the next run, or a sync, goes on
     */
    public void awaitLevel() {
        FollowerThread started = thread;
        if (started == null) {
            return;
        }
        try {
            started.awaitLevel();
        } catch (PagewalkException e) {
            PagewalkException behind = behind(e);
            if (!stop.isRequested() || !(behind instanceof ExportFailedException)) {
                throw behind;
            }
            told.accept(Reasons.line(behind));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw behind(new StoppedException("interrupted"));
        }
    }

    private PagewalkException behind(PagewalkException why) {
        TableLevel level = level();
        String message = "all that was read is committed, but table "
                + Objects.requireNonNull(request).table() + " is behind"
                + (level == null ? "" : " by " + level.pagesBehind() + (level.pagesBehind() == 1 ? " page" : " pages"))
                + ": " + why.problem();
        if (why instanceof TableChangedException) {
            return new TableChangedException(message, why.advice(), why);
        }
        return why instanceof UsageException
                ? new UsageException(message, why.advice(), why)
                : new ExportFailedException(message, Advice.SYNC_THE_TABLE, why);
    }

    /** How far the table has come, as far as is known; null while nobody has looked. Any thread may ask. */
    public @Nullable TableLevel level() {
        Follower working = follower;
        long pages = working == null ? -1 : working.pages();
        return pages < 0 || request == null
                ? null
                : new TableLevel(request.format(), request.table(), pages, Math.max(0, committedPages - pages));
    }

    /** Ends what is under way after the transaction it is at. */
    @Override
    public void close() throws IOException {
        if (stopping != null) {
            stopping.close();
        }
        FollowerThread started = thread;
        if (started != null) {
            started.close();
        }
        if (series != null) {
            series.close();
        }
    }
}
