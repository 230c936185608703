package io.pagewalk.internal.follow;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A table in memory, that keeps what changed it. */
class FakeTable implements FollowedTable {
    final List<TableChange> changes = new ArrayList<>();
    final List<String> files = new ArrayList<>();
    TablePosition position = TablePosition.NOTHING;
    /** What readers have, if the table was rolled back; else null. */
    TablePosition readers;
    /** Done by others before each append. */
    Runnable before = () -> {};

    @Override
    public TablePosition position() {
        if (readers != null && !readers.equals(position)) {
            throw new TableChangedException("rolled back", Advice.REAPPLY);
        }
        return position;
    }

    @Override
    public TablePosition positionOfReaders() {
        return readers == null ? position : readers;
    }

    /** It tells, always. */
    @Override
    public TablePosition accept() {
        return position();
    }

    @Override
    public boolean append(TableChange change) {
        before.run();
        if (!change.before().equals(positionOfReaders())) {
            return false;
        }
        changes.add(change);
        change.files().stream().map(TableFile::name).forEach(files::add);
        position = change.after();
        readers = null;
        return true;
    }

    @Override
    public boolean remove(TableChange change) {
        if (!change.before().equals(position)) {
            return false;
        }
        changes.add(change);
        change.files().stream().map(TableFile::name).forEach(files::remove);
        position = change.after();
        return true;
    }

    @Override
    public long files(Consumer<String> own) {
        files.forEach(own);
        return 0;
    }

    @Override
    public void detach() {}
}
