package io.pagewalk.internal.iceberg;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.table.FollowedSeries;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * A table that follows a series. Each change is decided by one state of the table, and made of that very state: whatever others do
 * meanwhile makes it void, and it is decided anew.
 */
final class IcebergTable implements FollowedTable {
    private final TableLoader loader;
    private final FollowedSeries series;
    private final SeriesMarks marks;
    private final IcebergFailures failures;
    private final Attempts attempts;
    /** Once somebody has decided that what readers have lost is added again. */
    private boolean reapplying;

    IcebergTable(TableLoader loader, FollowedSeries series, IcebergFailures failures, Attempts attempts) {
        this.loader = loader;
        this.series = series;
        this.marks = SeriesMarks.of(series.series());
        this.failures = failures;
        this.attempts = attempts;
    }

    @Override
    public TablePosition position() {
        return asked(() -> look().state().position());
    }

    @Override
    public TablePosition positionOfReaders() {
        TablePosition position = asked(() -> look().state().positionOfReaders());
        reapplying = true;
        return position;
    }

    @Override
    public boolean append(TableChange change) {
        return changed(look -> {
            if (!before(look).equals(change.before())) {
                return false;
            }
            if (reapplying) {
                requireNone(look, change);
            }
            SeriesCommit.append(look, marks, change);
            return true;
        });
    }

    @Override
    public boolean remove(TableChange change) {
        return changed(look -> {
            if (!before(look).equals(change.before())) {
                return false;
            }
            SeriesCommit.remove(look, marks, change, requireAll(look, change));
            return true;
        });
    }

    @Override
    public TablePosition accept() {
        changed(look -> {
            TablePosition given = look.state().positionToAccept();
            if (given == null) {
                return false;
            }
            SeriesCommit.append(look, marks, new TableChange(given, given, List.of(), 0, new TreeMap<>()));
            return true;
        });
        return position();
    }

    private TablePosition before(TableLook look) {
        return reapplying ? look.state().positionOfReaders() : look.state().position();
    }

    /** Somebody may have brought back some of what was rolled back, by other ways. */
    private void requireNone(TableLook look, TableChange change) {
        Set<String> present = look.files().find(names(change)).keySet();
        if (!present.isEmpty()) {
            throw new TableChangedException(
                    look.name() + " was rolled back, but has files that were to be added again, such as "
                            + present.iterator().next(),
                    Advice.DETACH_THE_TABLE);
        }
    }

    private Set<DataFile> requireAll(TableLook look, TableChange change) {
        Map<String, DataFile> present = look.files().find(names(change));
        Set<DataFile> found = new LinkedHashSet<>();
        for (TableFile file : change.files()) {
            DataFile entry = present.get(file.name());
            if (entry == null) {
                throw new TableChangedException(
                        look.name() + " does not have the file " + file.name()
                                + " any more: a compaction has merged it with others, from which its rows cannot be taken away, or"
                                + " somebody has deleted it",
                        Advice.DETACH_THE_TABLE);
            }
            found.add(entry);
        }
        return found;
    }

    private static Set<String> names(TableChange change) {
        Set<String> names = new LinkedHashSet<>();
        change.files().forEach(file -> names.add(file.name()));
        return names;
    }

    @Override
    public long files(Consumer<String> own) {
        return asked(() -> {
            SeriesFiles files = look().files();
            long[] others = new long[1];
            files.each(file -> {
                String name = files.nameOf(file);
                if (name == null) {
                    others[0]++;
                } else {
                    own.accept(name);
                }
                return false;
            });
            return others[0];
        });
    }

    @Override
    public void detach() {
        try {
            changed(this::removeProperty);
        } catch (TableChangedException e) {
            // It is another table, or none: nothing there is of the series.
            return;
        }
    }

    private boolean removeProperty(TableLook look) {
        if (!look.metadata().properties().containsKey(marks.property())) {
            return false;
        }
        Transaction transaction = Transactions.newTransaction(series.table(), look.frozen());
        transaction.updateProperties().remove(marks.property()).commit();
        transaction.commitTransaction();
        return true;
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw failures.following(series.table(), e);
        }
    }

    private interface Change {
        /** Whether there was something to change, and it is. */
        boolean make(TableLook look);
    }

    private boolean changed(Change change) {
        return asked(() -> attempts.until(series.table(), () -> change.make(look())));
    }

    private TableLook look() {
        Table table;
        try {
            table = loader.load(series.table());
        } catch (NoSuchTableException e) {
            throw failures.gone(series.table());
        }
        TableLook look = new TableLook(table, series, marks, failures);
        if (!series.uuid().equals(look.metadata().uuid())) {
            throw new TableChangedException(
                    look.name() + " is another one than the export was followed by: it was dropped and made anew",
                    Advice.DETACH_THE_TABLE);
        }
        return look;
    }
}
