package io.pagewalk.internal.deadletter;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.audit.LogWalk;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the log of a complete export lists as set aside. Memory grows with the number of files. Immutable once read. */
final class ListedLetters {
    /**
     * A file of dead letters.
     *
     * @param slice the slice whose records it holds
     * @param letters its figures
     */
    record Listed(Slice slice, DeadLetters letters) {}

    private final Checkpoint.Start start;
    private final DeadLettersOf origin;
    /** Where each began in its first run. */
    private final SortedMap<Integer, OffsetRange> partitions;
    /** By partition, and the offset where the slice starts. */
    private final SortedMap<Integer, NavigableMap<Long, Listed>> files;

    private ListedLetters(
            Checkpoint.Start start,
            DeadLettersOf origin,
            SortedMap<Integer, OffsetRange> partitions,
            SortedMap<Integer, NavigableMap<Long, Listed>> files) {
        this.start = start;
        this.origin = origin;
        this.partitions = partitions;
        this.files = files;
    }

    /**
     * Reads the logs of all runs, each from its first entry to its last.
     *
     * @throws UsageException if something is wrong with one, or if it does not say complete
     */
    static ListedLetters read(CheckpointStores logs, Claim claim) {
        List<Finding> findings = new ArrayList<>();
        Collector collector = new Collector();
        String checksum = null;
        try {
            int expired = logs.expired();
            for (int run : logs.runs()) {
                if (run <= expired) {
                    continue;
                }
                LogWalk walk = new LogWalk(logs.of(run), claim.log(), run, collector, findings::add);
                walk.run();
                checksum = walk.checksum();
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot list the runs in " + logs.location() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
        if (!findings.isEmpty()) {
            throw new UsageException("the dead letters of export " + claim.exportId()
                    + " can be exported once it is complete and its log, in " + logs.location() + ", is sound: "
                    + findings.get(0) + "; run it to its end, or verify it");
        }
        Checkpoint.Start start = collector.start;
        if (start == null || checksum == null) {
            throw new UsageException("the dead letters of export " + claim.exportId()
                    + " can be exported once it is complete: there is no checkpoint in " + logs.location());
        }
        DeadLettersOf origin = new DeadLettersOf(claim.exportId(), claim.generation(), checksum, collector.records);
        return new ListedLetters(start, origin, collector.partitions, collector.files);
    }

    /** What the export was started with that has set them aside. */
    Checkpoint.Start start() {
        return start;
    }

    DeadLettersOf origin() {
        return origin;
    }

    /** From the first slice of each partition that has some to the last one; empty in the other partitions. */
    Extent extent() {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        partitions.forEach((partition, whole) -> {
            NavigableMap<Long, Listed> of = files.getOrDefault(partition, new TreeMap<>());
            ranges.put(
                    partition,
                    of.isEmpty()
                            ? whole.first(0)
                            : new OffsetRange(
                                    of.firstKey(),
                                    of.lastEntry().getValue().slice().range().end()));
        });
        Extent whole = start.extent();
        return new Extent(whole.clusterId(), whole.topic(), whole.topicId(), whole.isolationLevel(), ranges);
    }

    /** All files, in the order of partitions and offsets. */
    List<Listed> all() {
        return files.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
    }

    /** The files that may hold records of a slice, in the order of offsets. */
    Collection<Listed> overlapping(Slice slice) {
        NavigableMap<Long, Listed> of = files.getOrDefault(slice.partition(), new TreeMap<>());
        Long before = of.floorKey(slice.range().start());
        long from = before == null ? slice.range().start() : before;
        return of.subMap(from, true, Math.max(from, slice.range().end()), false).values().stream()
                .filter(listed -> listed.slice().range().end() > slice.range().start())
                .toList();
    }

    private static final class Collector implements LogWalk.Visitor {
        private final SortedMap<Integer, NavigableMap<Long, Listed>> files = new TreeMap<>();
        private final SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        private Checkpoint.@Nullable Start start;
        private long records;

        @Override
        public void started(Checkpoint.Start found) {
            start = found;
            found.extent().partitions().forEach((partition, range) -> partitions.putIfAbsent(partition, range));
        }

        @Override
        public void committed(long sequence, Checkpoint.PageCommit page, LostRanges lost) {
            for (DataFile file : page.files()) {
                DeadLetters letters = file.deadLetters();
                if (letters != null) {
                    files.computeIfAbsent(file.slice().partition(), partition -> new TreeMap<>())
                            .put(file.slice().range().start(), new Listed(file.slice(), letters));
                    records += letters.records();
                }
            }
        }

        @Override
        public void lost(LostRange range) {
            // What is lost was not set aside.
        }

        @Override
        public void unknown(Page planned) {
            // There is a finding of it.
        }
    }
}
