package io.pagewalk.log;

import io.pagewalk.model.PageToken;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PinnedSchemas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a run of an export stands, by its log.
 *
 * @param start what it was started with
 * @param last the last entry of the log; the first one, if no page is committed yet
 * @param lastPage the last page that was committed, or null if there is none
 * @param losses what is on record as lost, by partition and offset; ranges that touch are one
 * @param schemas the ids that were met and not pinned, in the order of the log
 */
public record ExportState(
        Checkpoint.Start start,
        Checkpoint last,
        Checkpoint.@Nullable PageCommit lastPage,
        List<LostRange> losses,
        List<MetSchema> schemas) {
    public ExportState {
        losses = List.copyOf(losses);
        schemas = List.copyOf(schemas);
    }

    /**
     * The run once it is complete, without its last page.
     *
     * @param end its last entry
     */
    public ExportState completed(Checkpoint end) {
        return new ExportState(start, end, null, losses, schemas);
    }

    /** What is on record of ids that were met, by this run and those before it. */
    public List<MetSchema> metSchemas() {
        PinnedSchemas pinned = start.schemas();
        if (pinned == null) {
            return schemas;
        }
        List<MetSchema> all = new ArrayList<>(pinned.met());
        all.addAll(schemas);
        return all;
    }

    public boolean isComplete() {
        return switch (last.body().kind()) {
            case START, PAGE, LOSS, SCHEMAS -> false;
            case COMPLETE -> true;
        };
    }

    /** Of this run. */
    public Totals totals() {
        return last.body().totals();
    }

    /** Which run of a series it is. */
    public SeriesRun series() {
        return start.series();
    }

    /** Of this run and all before it. */
    public Totals seriesTotals() {
        return series().with(totals());
    }

    /** Whether this run has something on record: lost, before its freeze or since, or set aside. */
    public boolean isMarked() {
        return series().isMarked(totals());
    }

    /** How many committed offsets hold no record and are not lost, by partition; without those that have none. */
    public SortedMap<Integer, Long> gaps() {
        return lastPage == null ? Collections.emptySortedMap() : lastPage.gaps();
    }

    /** The token to go on with; null once the export is complete. */
    public @Nullable PageToken next() {
        if (isComplete()) {
            return null;
        }
        return lastPage == null ? start.next() : lastPage.next();
    }
}
