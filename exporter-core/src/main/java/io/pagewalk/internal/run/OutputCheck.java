package io.pagewalk.internal.run;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.DeletedGenerations;
import io.pagewalk.internal.file.DataFiles;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The look before an export says complete: the output holds exactly the data files of its plan, and no other ones of its topic
 * that overlap its extent. It takes a listing, of names alone, of each
 * directory that the run's files are in, and a bit of memory for each planned file.
 */
final class OutputCheck {
    private static final int MOST_NAMED = 10;

    private final Storage output;
    private final Checkpoint.Start start;
    private final Extent extent;
    private final PageToken first;
    private final Map<Integer, BitSet> found = new HashMap<>();
    private final List<String> strange = new ArrayList<>();
    private long strangers;

    OutputCheck(Storage output, Checkpoint.Start start) {
        this.output = output;
        this.start = start;
        this.extent = start.extent();
        this.first = start.next();
    }

    /**
     * Removes the files that a deletion record shows to have never been committed, and takes no other away.
     *
     * @throws UsageException if there are others that overlap the extent, or if planned ones are missing; it names some
     */
    void requireExactlyThePlan() throws IOException {
        DeletedGenerations deleted = DeletedGenerations.before(start.naming().generation(), output, extent.topic());
        List<String> leftOver = new ArrayList<>();
        DataFiles.around(output, start.naming().directory(), (path, file) -> {
            if (!file.isOfTopic(extent.topic()) || isPlanned(path, file) || !overlaps(file)) {
                return;
            }
            if (deleted.showUncommitted(file)) {
                leftOver.add(path);
            } else if (strangers++ < MOST_NAMED) {
                strange.add(path);
            }
        });
        for (String name : leftOver) {
            output.delete(name);
        }
        if (strangers > 0) {
            throw new UsageException(strangers + " data files of topic " + extent.topic() + " in " + output.location()
                    + " overlap this export and are not of it, so readers would get their records twice: "
                    + named(strange, strangers)
                    + "; remove them, or move them away, and run again to finish: every page is committed");
        }
        requireAll();
    }

    private boolean overlaps(DataFileName file) {
        OffsetRange range = extent.partitions().get(file.partition());
        return range != null
                && !file.range().isEmpty()
                && file.range().start() < range.end()
                && range.start() < file.range().end();
    }

    /** Every slice of a partition but its last is a full one, so each place has a number. */
    private boolean isPlanned(String path, DataFileName file) {
        OffsetRange range = extent.partitions().get(file.partition());
        if (range == null
                || !start.naming().covers(path, file, extent.topic())
                || !overlaps(file)
                || file.range().start() < range.start()) {
            return false;
        }
        long index = first.direction() == Direction.ASC
                ? (file.range().start() - range.start()) / first.sliceSize()
                : (range.end() - file.range().end()) / first.sliceSize();
        if (index < 0 || index >= count(range) || !slice(range, index).equals(file.range())) {
            return false;
        }
        found.computeIfAbsent(file.partition(), partition -> new BitSet()).set(Math.toIntExact(index));
        return true;
    }

    private long count(OffsetRange range) {
        return range.size() / first.sliceSize() + (range.size() % first.sliceSize() == 0 ? 0 : 1);
    }

    private OffsetRange slice(OffsetRange range, long index) {
        long passed = index * first.sliceSize();
        long size = Math.min(first.sliceSize(), range.size() - passed);
        return first.direction() == Direction.ASC
                ? new OffsetRange(range.start() + passed, range.start() + passed + size)
                : new OffsetRange(range.end() - passed - size, range.end() - passed);
    }

    /** A listing that others change meanwhile may leave a name out, so what it lacks is asked for by name. */
    private void requireAll() throws IOException {
        List<String> missing = new ArrayList<>();
        long count = 0;
        for (Map.Entry<Integer, OffsetRange> partition : extent.partitions().entrySet()) {
            BitSet there = found.getOrDefault(partition.getKey(), new BitSet());
            // An extent without offsets has one file, which overlaps nothing, if it has a page.
            boolean nothing = extent.size() == 0
                    && !first.isExhausted()
                    && partition.getKey().equals(extent.partitions().firstKey());
            long files = nothing ? 1 : count(partition.getValue());
            for (int index = there.nextClearBit(0); index < files; index = there.nextClearBit(index + 1)) {
                TopicPartition at = new TopicPartition(extent.topic(), partition.getKey());
                String name = start.naming().nameOf(new Slice(at, slice(partition.getValue(), index)));
                if (!output.exists(name) && count++ < MOST_NAMED) {
                    missing.add(name);
                }
            }
        }
        if (count > 0) {
            throw new UsageException(count + " data files that this export has committed are gone from "
                    + output.location() + ": " + named(missing, count)
                    + "; put them back and run again, or delete the export and start it anew");
        }
    }

    private static String named(List<String> names, long count) {
        return String.join(", ", names) + (count > names.size() ? ", ..." : "");
    }
}
