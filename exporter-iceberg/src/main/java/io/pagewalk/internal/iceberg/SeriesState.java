package io.pagewalk.internal.iceberg;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.internal.iceberg.SeriesMarks.Property;
import io.pagewalk.table.TablePosition;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How much of a series a table has, by all that one state of it says. Readers see the current snapshot and what it comes from; the
 * property stays when somebody makes an older one current.
 */
final class SeriesState {
    private final String table;
    private final SeriesFiles files;
    private final @Nullable Property property;
    /** Of the newest snapshot of the series that readers' state comes from. */
    private @Nullable TablePosition seen;

    private long seenSequenceNumber;
    /** Whether all snapshots that readers' state comes from are known, from the first one on. */
    private boolean complete;
    /** Whether one of them is older than the property: then the table was rolled back. */
    private boolean older;

    /** @param table as messages name it */
    SeriesState(String table, SeriesMarks marks, TableMetadata metadata, Ancestry ancestry, SeriesFiles files) {
        this.table = table;
        this.files = files;
        this.property = marks.property(metadata.properties(), table);
        look(marks, metadata, ancestry);
    }

    private void look(SeriesMarks marks, TableMetadata metadata, Ancestry ancestry) {
        Snapshot snapshot = metadata.currentSnapshot();
        complete = snapshot == null;
        while (snapshot != null && seen == null) {
            seen = marks.position(snapshot, table);
            seenSequenceNumber = seen == null ? 0 : snapshot.sequenceNumber();
            Long parent = snapshot.parentId();
            complete |= parent == null;
            older |= property != null && snapshot.sequenceNumber() < property.sequenceNumber();
            snapshot = parent == null ? null : ancestry.find(parent);
        }
    }

    /** The number of the last snapshot that has brought files, or taken some; 0 if none has. */
    long sequenceNumber() {
        return property == null ? seenSequenceNumber : property.sequenceNumber();
    }

    /** See {@link io.pagewalk.table.FollowedTable#position}. */
    TablePosition position() {
        if (seen != null) {
            // A property that says less was set by hand, or removed: what readers see was given.
            if (property == null
                    || property.position().equals(seen)
                    || property.position().compareTo(seen) < 0) {
                return seen;
            }
            throw rolledBack(
                    property.position(),
                    property.position().compareTo(seen) > 0
                            ? "a state with entry " + seen
                            : "a state from before runs up to "
                                    + (property.position().firstRun() - 1) + " were removed from it");
        }
        if (property == null) {
            return nothing();
        }
        if (complete) {
            throw rolledBack(property.position(), "a state with nothing of it");
        }
        return older ? untold(property) : trusted(property);
    }

    /** See {@link io.pagewalk.table.FollowedTable#positionOfReaders}. */
    TablePosition positionOfReaders() {
        if (seen != null) {
            return seen;
        }
        if (complete || property == null) {
            return nothing();
        }
        return older ? untold(property) : trusted(property);
    }

    /** Files that no position tells of must not be added again. */
    private TablePosition nothing() {
        String file = files.anyOfTopic();
        if (file != null) {
            throw new TableChangedException(
                    table + " has files of the export, such as " + file
                            + ", but does not tell how much of it: its snapshots were expired, or somebody has added them",
                    Advice.DETACH_THE_TABLE);
        }
        return TablePosition.NOTHING;
    }

    /**
     * What the property says, if nothing else tells any more: then {@link #position} asks somebody to decide.
     *
     * @return null if the position is known without
     */
    @Nullable
    TablePosition positionToAccept() {
        return property == null || seen != null || complete || older || holds(property) ? null : property.position();
    }

    /** A file is there that came with the position, so it was not rolled back to before. */
    private boolean holds(Property last) {
        return last.sequenceNumber() == 0 || files.hasAnyOf(last.sequenceNumber());
    }

    /** All snapshots of the series were expired, or the table was rolled back to before them; its files tell. */
    private TablePosition trusted(Property last) {
        if (holds(last)) {
            return last.position();
        }
        throw new TableChangedException(
                table + " does not tell whether it has the export up to entry " + last.position()
                        + ": the snapshots were expired, and no file tells: a compaction has merged them with others, or the"
                        + " table was rolled back before",
                Advice.ACCEPT_THE_TABLE);
    }

    /** A compaction may have put its rows into files that do not tell, and the snapshots that would were expired. */
    private TablePosition untold(Property given) {
        throw new TableChangedException(
                table + " was rolled back: it was given the export up to entry " + given.position()
                        + ", and how much of it readers see is not known, as the snapshots before were expired",
                Advice.DETACH_THE_TABLE);
    }

    private TableChangedException rolledBack(TablePosition given, String state) {
        return new TableChangedException(
                table + " was rolled back: it was given the export up to entry " + given + ", and readers see " + state,
                Advice.REAPPLY);
    }
}
