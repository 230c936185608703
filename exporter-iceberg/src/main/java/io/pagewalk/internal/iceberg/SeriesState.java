package io.pagewalk.internal.iceberg;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.internal.iceberg.SeriesMarks.Property;
import io.pagewalk.table.TablePosition;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How much of a series a table has, by all that one state of it says. Readers see the current snapshot and what it comes from; the
 * property stays when somebody makes an older one current.
 */
final class SeriesState {
    /** What may leave a table without files that it was given, although it has their rows or somebody has deleted these. */
    private static final Set<String> REMOVING =
            Set.of(DataOperations.REPLACE, DataOperations.OVERWRITE, DataOperations.DELETE);

    private final String table;
    private final SeriesFiles files;
    private final @Nullable Property property;
    /** Of the newest snapshot of the series that readers' state comes from. */
    private @Nullable TablePosition seen;

    private long seenSequenceNumber;
    /** Whether no snapshot is missing between readers' state and one that is older than the property, or the first of all. */
    private boolean known;

    private boolean removed;

    /** @param table as messages name it */
    SeriesState(String table, SeriesMarks marks, TableMetadata metadata, SeriesFiles files) {
        this.table = table;
        this.files = files;
        this.property = marks.property(metadata.properties(), table);
        look(marks, metadata);
    }

    private void look(SeriesMarks marks, TableMetadata metadata) {
        Snapshot snapshot = metadata.currentSnapshot();
        known = snapshot == null;
        while (snapshot != null && seen == null) {
            seen = marks.position(snapshot, table);
            seenSequenceNumber = seen == null ? 0 : snapshot.sequenceNumber();
            removed |= REMOVING.contains(String.valueOf(snapshot.operation()));
            Long parent = snapshot.parentId();
            known |= parent == null || (property != null && snapshot.sequenceNumber() < property.sequenceNumber());
            snapshot = parent == null ? null : metadata.snapshot(parent);
        }
    }

    /** The number of the last snapshot that has brought files; 0 if none has. */
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
            throw rolledBack(property.position(), "a state with entry " + seen);
        }
        if (property == null) {
            return nothing();
        }
        if (known) {
            throw rolledBack(property.position(), "a state with nothing of it");
        }
        return trusted(property);
    }

    /** See {@link io.pagewalk.table.FollowedTable#positionOfReaders}. */
    TablePosition positionOfReaders() {
        if (seen != null) {
            return seen;
        }
        return known || property == null ? nothing() : trusted(property);
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

    /** All snapshots of the series were expired, or the table was rolled back to before them; its files tell. */
    private TablePosition trusted(Property last) {
        if (removed || last.sequenceNumber() == 0 || files.hasAnyOf(last.sequenceNumber())) {
            return last.position();
        }
        throw new TableChangedException(
                table + " does not tell whether it has the export up to entry " + last.position()
                        + ": the snapshots were expired, and the last files that it was given are not in it",
                Advice.DETACH_THE_TABLE);
    }

    private TableChangedException rolledBack(TablePosition given, String state) {
        return new TableChangedException(
                table + " was rolled back: it was given the export up to entry " + given + ", and readers see " + state,
                Advice.REAPPLY);
    }
}
