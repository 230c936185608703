package io.pagewalk.internal.follow;

import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.InMemoryCheckpointStore;
import io.pagewalk.internal.log.InMemoryCheckpointStores;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.TopicFacts.Retention;
import io.pagewalk.spi.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The logs of a series, as runs write them: each file lacks its last offset. */
final class PagedLogs {
    final InMemoryCheckpointStores stores = new InMemoryCheckpointStores(new InMemoryCheckpointStore());
    final RunLogs logs = new RunLogs(stores, "export", Entries.ORIGIN, Entries.CLOCK, null);
    /** The names of all files with records, in the order of the log. */
    final List<String> files = new ArrayList<>();

    private CheckpointLog log = logs.of(1);
    private SeriesRun series = SeriesRun.FIRST;
    private SortedMap<Integer, Long> gaps = new TreeMap<>();
    private PageToken next;
    private boolean begun;
    private long start;

    LogChanges changes() {
        return new LogChanges(stores, logs);
    }

    /** A run of one partition with so many offsets, behind those of the run before. */
    PagedLogs begin(long offsets, long pageSize, long fileSize) {
        if (begun) {
            Totals totals = log.totals();
            series = series.next(
                    totals, log.lastEntry(), List.of(), new HeadRoom(Entries.NOON, new Retention(-1, -1), null, 0));
            log = logs.of(series.number());
        }
        begun = true;
        gaps = new TreeMap<>();
        Extent extent = new Extent(
                "cluster",
                "orders",
                Entries.start().extent().topicId(),
                Entries.start().extent().isolationLevel(),
                new TreeMap<>(Map.of(0, new OffsetRange(start, start + offsets))));
        start += offsets;
        next = PageToken.first(extent, Direction.ASC, pageSize, fileSize);
        log.append(new Checkpoint.Start(
                extent,
                Entries.start().options(),
                Entries.NAMING,
                Entries.NOON,
                Compaction.NO,
                List.of(),
                next,
                null,
                series,
                null,
                null));
        return this;
    }

    /** Commits so many pages more. */
    PagedLogs pages(int count) {
        for (int i = 0; i < count; i++) {
            Page page = Paginator.plan(next);
            List<DataFile> written = Entries.filesOf(page);
            written.forEach(file -> gaps.merge(file.slice().partition(), 1L, Long::sum));
            log.append(totals ->
                    new Checkpoint.PageCommit(written, new TreeMap<>(gaps), totals.plus(written, 0), page.next()));
            next = page.next();
            written.stream()
                    .filter(file -> file.content().records() > 0)
                    .map(DataFile::name)
                    .forEach(files::add);
        }
        return this;
    }

    PagedLogs complete() {
        log.append(Checkpoint.Complete::new);
        return this;
    }
}
