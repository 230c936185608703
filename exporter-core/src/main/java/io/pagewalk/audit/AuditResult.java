package io.pagewalk.audit;

import io.pagewalk.log.Checkpoint;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an audit came to.
 *
 * @param start what the export was started with, or null if its log does not tell
 * @param complete whether its log says that nothing remains
 * @param findings how many there were
 * @param checkpoints entries of the log that could be read
 * @param pages pages that the log commits
 * @param files files it lists
 * @param records records in them, by the log
 * @param setAside records that were set aside, by the log
 * @param bytes the size of those that were as recorded
 * @param uncommitted files of pages that are not committed yet
 * @param partitions by partition number; empty if the extent is not known
 */
public record AuditResult(
        Checkpoint.@Nullable Start start,
        boolean complete,
        long findings,
        long checkpoints,
        long pages,
        long files,
        long records,
        long setAside,
        long bytes,
        long uncommitted,
        SortedMap<Integer, PartitionFigures> partitions) {
    public AuditResult {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
    }

    public long gaps() {
        return partitions.values().stream().mapToLong(PartitionFigures::gaps).sum();
    }

    public long lost() {
        return partitions.values().stream().mapToLong(PartitionFigures::lost).sum();
    }
}
