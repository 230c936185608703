package io.pagewalk.internal.follow;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.claim.FollowRecords;
import io.pagewalk.internal.claim.FollowRecords.Following;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.ExportState;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.table.FollowedSeries;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.RowShape;
import io.pagewalk.table.TableCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An export and the table that follows it, as its record says. It has places of its own, so that it disturbs no run. For one thread. */
final class SeriesTable implements Closeable {
    private final ExportPlaces places;
    private final DirectoryLocation output;
    private final FollowRecords records;
    private final ExportState state;

    /**
     * @param places to tell of the export; closed with this
     * @param output where they are
     * @throws UsageException if the export has not begun
     */
    SeriesTable(ExportPlaces places, DirectoryLocation output) {
        this.places = places;
        this.output = output;
        this.state = places.logs()
                .last()
                .orElseThrow(() -> new UsageException(
                        "export " + places.logs().exportId() + " in " + output + " has not begun", Advice.NAME_THE_LOG))
                .state();
        this.records = new FollowRecords(
                places.output(), places.claim().log(), state.last().topic());
    }

    /** Where the export stood when this was opened. */
    ExportState state() {
        return state;
    }

    LogChanges changes() {
        return new LogChanges(places.stores(), places.logs());
    }

    /** Who follows, by the record. */
    Optional<Following> onRecord() throws IOException {
        return records.current();
    }

    /**
     * The table of a request, if it is the one on record; where none follows, it does from now on.
     *
     * @param catalog asked where none follows
     * @throws UsageException if another one follows, or this one cannot hold the export's rows
     */
    Following follow(TableRequest request, Supplier<TableCatalog> catalog) throws IOException {
        Following known = onRecord().orElse(null);
        while (known == null) {
            Following attached = attach(request, catalog.get());
            known = records.follow(attached) ? attached : onRecord().orElse(null);
        }
        requireSame(known, request);
        return known;
    }

    /** @throws UsageException if the request names another table than the record */
    void requireSame(Following known, TableRequest request) {
        if (!known.format().equals(request.format()) || !known.table().equals(request.table())) {
            throw new UsageException(
                    "table " + known.table() + " (" + known.format() + ") follows export "
                            + places.logs().exportId() + ", not " + request.table(),
                    Advice.DETACH_THE_TABLE);
        }
    }

    private Following attach(TableRequest request, TableCatalog catalog) throws IOException {
        RowShape shape =
                TableShapes.of(state.start(), places.output(), places.claim().log());
        PreparedTable table = catalog.attach(
                request.table(),
                shape,
                output,
                FileFormats.columnIds(state.start().options().fileSettings()));
        return new Following(request.format(), table.name(), table.uuid(), identity());
    }

    /** The checksum of the first entry there is: that of run 1, unless it has expired. */
    private String identity() throws IOException {
        CheckpointStore first = places.stores().of(places.stores().expired() + 1);
        return LoggedEntry.read(first, 0, CheckpointLog.place(0, first)).checksum();
    }

    /** Opens the table; it need not be there. */
    FollowedTable open(Following known, TableCatalog catalog) {
        return catalog.open(new FollowedSeries(
                known.table(),
                known.uuid(),
                known.series(),
                places.logs().exportId(),
                state.last().topic(),
                output,
                state.start().options().calendar() != null));
    }

    /** Who brings it level. */
    Follower follower(Following known, TableCatalog catalog, boolean reapplies, BooleanSupplier stopped) {
        return new Follower(open(known, catalog), changes(), known.table(), reapplies, stopped);
    }

    /** Puts on record that the table follows no more. */
    void detach() throws IOException {
        if (!records.detach()) {
            throw new ExportFailedException("somebody else has changed what follows export "
                    + places.logs().exportId() + " a moment ago; look again");
        }
    }

    /** The runs that are there, ascending. */
    int[] runs() throws IOException {
        return places.stores().runs();
    }

    @Override
    public void close() throws IOException {
        places.close();
    }
}
