package io.pagewalk.internal.follow;

import io.pagewalk.Removal;
import io.pagewalk.error.Advice;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.follow.TableLevel;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.claim.FollowRecords.Following;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.Expiry;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TablePosition;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** An export that is there already, and a table. Each question opens what it needs. */
public final class FollowedExport implements StoredTable {
    private final Connection connection;
    private final DirectoryLocation output;
    private final Function<Access, ExportPlaces> places;
    private final TableRequest request;
    private final Consumer<Expiry> expiring;
    private final ToIntFunction<Removal> removing;

    /**
     * @param places opens the export to tell of it
     * @param expiring removes runs, whatever follows
     * @param removing removes the export, whatever follows
     */
    public FollowedExport(
            Connection connection,
            DirectoryLocation output,
            Function<Access, ExportPlaces> places,
            TableRequest request,
            Consumer<Expiry> expiring,
            ToIntFunction<Removal> removing) {
        this.connection = connection;
        this.output = output;
        this.places = places;
        this.request = request;
        this.expiring = expiring;
        this.removing = removing;
    }

    private interface Question<T> {
        T ask(SeriesTable series, TableCatalog catalog) throws IOException;
    }

    private <T> T ask(Question<T> question) {
        Access access = connection.access(new StopSignal());
        return connection.ask(access, () -> {
            try (SeriesTable series = new SeriesTable(places.apply(access), output)) {
                return question.ask(series, connection.tables().of(request));
            }
        });
    }

    private Following known(SeriesTable series) throws IOException {
        Following known = series.onRecord()
                .orElseThrow(
                        () -> new UsageException("no table follows the export in " + output, Advice.SYNC_THE_TABLE));
        series.requireSame(known, request);
        return known;
    }

    @Override
    public TableLevel level() {
        return ask((series, catalog) -> {
            FollowedTable table = series.open(known(series), catalog);
            return level(series, table.position());
        });
    }

    private TableLevel level(SeriesTable series, TablePosition position) {
        long pages = series.changes().pagesAt(position);
        return new TableLevel(
                request.format(),
                request.table(),
                pages,
                Math.max(0, series.state().seriesTotals().pages() - pages));
    }

    @Override
    public TableLevel sync() {
        return ask((series, catalog) -> {
            Following known = series.follow(request, () -> catalog);
            Follower follower = series.follower(known, catalog, request.reapply(), () -> false);
            return level(series, follower.bringLevel(LogChanges.endOf(series.state()), moved -> {}));
        });
    }

    @Override
    public void detach() {
        ask((series, catalog) -> {
            Following known = known(series);
            series.detach();
            try {
                series.open(known, catalog).detach();
            } catch (PagewalkException e) {
                // What is on record holds. A table that is gone, or was made anew, has nothing of the series.
                if (!(e instanceof TableChangedException)) {
                    throw e;
                }
            }
            return true;
        });
    }

    @Override
    public void expire(Expiry expiry) {
        ask((series, catalog) -> {
            new TableRemoval(series.changes(), series.open(known(series), catalog), request.table())
                    .remove(series.runs(), expiry.last());
            return true;
        });
        expiring.accept(expiry);
    }

    @Override
    public int remove(Removal removal) {
        ask((series, catalog) -> {
            FollowedTable table = series.open(known(series), catalog);
            new TableRemoval(series.changes(), table, request.table()).removeAll(series.runs());
            table.detach();
            return true;
        });
        return removing.applyAsInt(removal);
    }

    @Override
    public List<String> differences() {
        return ask((series, catalog) ->
                new TableDifferences(series.changes(), series.runs()).of(series.open(known(series), catalog)));
    }
}
