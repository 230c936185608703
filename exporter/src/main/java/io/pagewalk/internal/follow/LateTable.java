package io.pagewalk.internal.follow;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TablePosition;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table whose catalog may be away when this is made: then it is looked for when the table is asked, each time until it is there. */
final class LateTable implements FollowedTable {
    private final Supplier<FollowedTable> opening;
    private @Nullable FollowedTable opened;

    /** @throws RuntimeException what the opening throws, unless it may pass */
    LateTable(Supplier<FollowedTable> opening) {
        this.opening = opening;
        try {
            opened = opening.get();
        } catch (ExportFailedException e) {
            // Whoever asks the table is told.
            opened = null;
        }
    }

    private FollowedTable table() {
        FollowedTable table = opened;
        if (table == null) {
            table = opening.get();
            opened = table;
        }
        return table;
    }

    @Override
    public TablePosition position() {
        return table().position();
    }

    @Override
    public TablePosition positionOfReaders() {
        return table().positionOfReaders();
    }

    @Override
    public boolean append(TableChange change) {
        return table().append(change);
    }

    @Override
    public boolean remove(TableChange change) {
        return table().remove(change);
    }

    @Override
    public long files(Consumer<String> own) {
        return table().files(own);
    }

    @Override
    public void detach() {
        table().detach();
    }

    @Override
    public Set<String> locations() {
        return table().locations();
    }
}
