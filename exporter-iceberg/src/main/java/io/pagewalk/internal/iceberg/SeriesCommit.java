package io.pagewalk.internal.iceberg;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.internal.iceberg.SeriesMarks.Property;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.table.TableChange;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/**
 * Changes a table in one transaction: files, a snapshot that says which, and the property. There is a snapshot even without files: of
 * a property alone a REST catalog does not ask what was there before, so two runners could not be told apart.
 */
final class SeriesCommit {
    /** Summaries are in each version of a table's metadata. */
    private static final int MOST_PARTITIONS = 200;

    private final TableLook look;
    private final SeriesMarks marks;
    private final TableChange change;
    private final Transaction transaction;

    private SeriesCommit(TableLook look, SeriesMarks marks, TableChange change) {
        this.look = look;
        this.marks = marks;
        this.change = change;
        this.transaction = Transactions.newTransaction(look.series().table(), look.frozen());
    }

    /**
     * Adds the files of a change that begins with the position that the state has.
     *
     * @throws FrozenOperations.Conflict if the table is another one by now
     */
    static void append(TableLook look, SeriesMarks marks, TableChange change) {
        new SeriesCommit(look, marks, change).append();
    }

    /**
     * Likewise, removes files.
     *
     * @param files those of the change, as the state has them
     */
    static void remove(TableLook look, SeriesMarks marks, TableChange change, Collection<DataFile> files) {
        new SeriesCommit(look, marks, change).remove(files);
    }

    private void append() {
        // Merges manifests now and then: else each commit and each reader would open one for each commit before.
        AppendFiles append = transaction.newAppend();
        FileEntries entries = entries();
        change.files().forEach(file -> append.appendFile(entries.of(file)));
        summarize(append);
        append.commit();
        boolean brings = !change.files().isEmpty();
        commit(
                brings
                        ? transaction.table().currentSnapshot().sequenceNumber()
                        : look.state().sequenceNumber());
    }

    private void remove(Collection<DataFile> files) {
        if (files.isEmpty()) {
            append();
            return;
        }
        DeleteFiles delete = transaction.newDelete().validateFilesExist();
        files.forEach(delete::deleteFile);
        summarize(delete);
        delete.commit();
        // Files of before do not tell whether these are gone; those that come next do.
        commit(transaction.table().currentSnapshot().sequenceNumber());
    }

    private FileEntries entries() {
        PartitionSpec spec = TablePartitions.find(
                look.metadata().spec(),
                look.metadata().specsById(),
                look.metadata().schema(),
                look.series().dated());
        if (spec == null) {
            throw new TableChangedException(
                    look.name() + " is not partitioned any more as it was when the export began",
                    Advice.DETACH_THE_TABLE);
        }
        return new FileEntries(
                look.series(), look.metadata().schema(), spec, look.metadata().location());
    }

    private void summarize(SnapshotUpdate<?> update) {
        update.set(SeriesMarks.SERIES, marks.key());
        update.set(SeriesMarks.POSITION, SeriesMarks.text(change.after()));
        update.set(SeriesMarks.EXPORT, look.series().exportId());
        update.set(SeriesMarks.TOPIC, look.series().topic());
        update.set(SeriesMarks.PAGES, Long.toString(change.pages()));
        if (!change.offsets().isEmpty() && change.offsets().size() <= MOST_PARTITIONS) {
            StringJoiner offsets = new StringJoiner(",");
            for (Map.Entry<Integer, OffsetRange> partition : change.offsets().entrySet()) {
                OffsetRange range = partition.getValue();
                offsets.add(partition.getKey() + "=[" + range.start() + "," + range.end() + ")");
            }
            update.set(SeriesMarks.OFFSETS, offsets.toString());
        }
    }

    private void commit(long sequenceNumber) {
        Property property = new Property(change.after(), sequenceNumber);
        transaction
                .updateProperties()
                .set(marks.property(), property.toString())
                .commit();
        try {
            transaction.commitTransaction();
        } catch (FrozenOperations.Uncertain e) {
            throw look.failures().committing(look.series().table(), e.failure());
        }
    }
}
