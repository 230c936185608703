package io.pagewalk.internal.iceberg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that the state of a table comes from. One that was expired is still in older files of the table's metadata, of which the
 * current one lists the last hundred or so, as {@code write.metadata.previous-versions-max} says. They are read only as far as it takes.
 */
final class Ancestry {
    private final TableMetadata metadata;
    private final FileIO io;
    /** Files that were not read yet, the newest last. */
    private final Deque<String> unread = new ArrayDeque<>();

    private final Map<Long, Snapshot> expired = new HashMap<>();

    Ancestry(TableMetadata metadata, FileIO io) {
        this.metadata = metadata;
        this.io = io;
        metadata.previousFiles().forEach(previous -> unread.add(previous.file()));
    }

    /** A snapshot that others name as their parent; null if it was expired, and no file that is left knows it. */
    @Nullable
    Snapshot find(long id) {
        Snapshot found = metadata.snapshot(id);
        if (found == null) {
            found = expired.get(id);
        }
        while (found == null && !unread.isEmpty()) {
            read(unread.removeLast());
            found = expired.get(id);
        }
        return found;
    }

    private void read(String file) {
        try {
            for (Snapshot snapshot : TableMetadataParser.read(io, file).snapshots()) {
                expired.putIfAbsent(snapshot.snapshotId(), snapshot);
            }
        } catch (NotFoundException e) {
            // Removed, as may be; those before it, too.
            unread.clear();
        }
    }
}
