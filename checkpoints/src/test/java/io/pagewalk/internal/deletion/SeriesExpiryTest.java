package io.pagewalk.internal.deletion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.ExpiryRecord;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Expiry;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.TopicFacts.Retention;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeriesExpiryTest {
    private static final Claim CLAIM = new Claim("export", 1, "");
    private static final int RUNS = 5;

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();

    @Test
    void removesWhatTheRunsListAndKeepsARecord() throws IOException {
        SortedMap<Integer, List<String>> files = makeRuns(location);
        SeriesExpiry expiry = expiry(location.open("expire"));

        Expiry plan = expiry.butLast(2);
        assertThat(plan.first()).isOne();
        assertThat(plan.last()).isEqualTo(3);
        assertThat(plan.files())
                .isEqualTo(
                        files.headMap(4).values().stream().mapToLong(List::size).sum());
        expiry.expire(plan);

        assertThat(location.files().keySet().stream().filter(name -> !name.startsWith("_pagewalk")))
                .containsExactlyInAnyOrderElementsOf(
                        files.tailMap(4).values().stream().flatMap(List::stream).toList());
        ExpiryRecord record = ExpiryRecord.decode(stores(location.open("look")).readExpiry(3), "it");
        ExportState fourth =
                logs(location.open("look again")).lastUpTo(4).orElseThrow().state();
        assertThat(fourth.series().after()).isEqualTo(record.last());
        assertThat(fourth.series().before()).isEqualTo(record.totals());
        assertThat(expiry.butLast(2).isEmpty()).isTrue();
    }

    @Test
    void keepsYoungRunsAndTheLastCompleteOne() throws IOException {
        makeRuns(location);
        SeriesExpiry expiry = expiry(location.open("expire"));

        assertThat(expiry.olderThan(Duration.ofDays(1), Entries.NOON.plus(Duration.ofHours(23)))
                        .isEmpty())
                .isTrue();
        assertThat(expiry.olderThan(Duration.ofDays(1), Entries.NOON.plus(Duration.ofDays(2)))
                        .last())
                .isEqualTo(RUNS - 1);
        assertThat(expiry.butLast(1).last()).isEqualTo(RUNS - 1);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> expiry.expire(new Expiry(1, RUNS, 0, 0, 0)))
                .withMessageContaining("run " + RUNS);
        assertThat(stores(location.open("look")).expired()).isZero();
    }

    @Test
    void isFinishedByTheNextWhereverItFailed() throws IOException {
        makeRuns(location);
        InMemoryStorage undisturbed = location.open("undisturbed");
        AtomicLong operations = new AtomicLong();
        undisturbed.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) {
                operations.incrementAndGet();
            }
        });
        expire(undisturbed);
        List<String> expected = List.copyOf(location.files().keySet());
        assertThat(operations.get()).isGreaterThan(30);

        for (long failing = 1; failing <= operations.get(); failing++) {
            for (boolean before : new boolean[] {true, false}) {
                String fault = (before ? "before" : "after") + " operation " + failing;
                InMemoryStorage.Location broken = new InMemoryStorage.Location();
                makeRuns(broken);
                InMemoryStorage first = broken.open("first");
                first.inject(failingOnce(failing, before));
                try {
                    expire(first);
                } catch (IOException | RuntimeException e) {
                    assertThat(e).as(fault).hasMessageContaining("injected");
                }

                RunLogs.Found last = logs(broken.open("look")).last().orElseThrow();
                assertThat(last.number()).as(fault).isEqualTo(RUNS);
                assertThat(last.state().isComplete()).as(fault).isTrue();
                expire(broken.open("second"));
                assertThat(broken.files().keySet()).as(fault).containsExactlyElementsOf(expected);
            }
        }
    }

    /** However many runs there are, the last one tells. */
    @Test
    void readsAFewEntriesOfALongSeries() throws IOException {
        makeRuns(location, 500);
        AtomicLong opened = new AtomicLong();
        InMemoryStorage counted = location.open("counted");
        counted.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) {
                if (operation == Operation.OPEN) {
                    opened.incrementAndGet();
                }
            }
        });

        RunLogs.Found last = logs(counted).last().orElseThrow();

        assertThat(last.number()).isEqualTo(500);
        assertThat(last.state().seriesTotals().pages()).isEqualTo(1_000);
        assertThat(opened).hasValue(3);
        assertThat(expiry(counted).butLast(100).last()).isEqualTo(400);
        assertThat(opened).hasValueLessThan(20);
    }

    /** Runs that are listed may expire before it is known which have. */
    @Test
    void findsTheLastRunWhileOthersExpire() throws IOException {
        makeRuns(location);
        InMemoryStorage looking = location.open("looking");
        AtomicLong lists = new AtomicLong();
        looking.inject(new Faults() {
            @Override
            public void after(Operation operation, String name) throws IOException {
                if (operation == Operation.LIST && lists.incrementAndGet() == 1) {
                    InMemoryStorage other = location.open("other");
                    RunLogs.Found last = logs(other).last().orElseThrow();
                    SeriesRun next = last.state()
                            .series()
                            .next(
                                    last.state().totals(),
                                    last.log().lastEntry(),
                                    List.of(),
                                    new HeadRoom(Entries.NOON, new Retention(-1, -1), null, 0));
                    makeRun(other, logs(other).of(RUNS + 1), start(RUNS + 1, next), new ArrayList<>());
                    SeriesExpiry expiry = expiry(other);
                    expiry.expire(expiry.butLast(1));
                }
            }
        });

        assertThat(logs(looking).last().orElseThrow().number()).isEqualTo(RUNS + 1);
    }

    @Test
    void letsNobodyBeginARunThatHasExpired() throws IOException {
        makeRuns(location);
        InMemoryStorage slept = location.open("slept");
        CheckpointLog ghost = logs(slept).of(2);
        Checkpoint.Start start = logs(slept).lastUpTo(2).orElseThrow().state().start();
        expire(location.open("expire"));

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> ghost.append(start))
                .withMessageContaining("run 2 was made by others, and has expired");

        assertThat(stores(slept).of(2).sequences()).isEmpty();
        assertThat(logs(slept).last().orElseThrow().number()).isEqualTo(RUNS);
    }

    private static void expire(InMemoryStorage storage) throws IOException {
        SeriesExpiry expiry = expiry(storage);
        expiry.expire(expiry.butLast(2));
    }

    private static Faults failingOnce(long number, boolean first) {
        AtomicLong count = new AtomicLong();
        return new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (count.incrementAndGet() == number && first) {
                    throw new IOException("injected");
                }
            }

            @Override
            public void after(Operation operation, String name) throws IOException {
                if (count.get() == number && !first) {
                    count.incrementAndGet();
                    throw new IOException("injected");
                }
            }
        };
    }

    private static SeriesExpiry expiry(InMemoryStorage storage) {
        return new SeriesExpiry(storage, stores(storage), logs(storage), CLAIM);
    }

    private static StorageCheckpointStores stores(InMemoryStorage storage) {
        return new StorageCheckpointStores(storage, "_pagewalk/export/1");
    }

    private static RunLogs logs(InMemoryStorage storage) {
        return new RunLogs(
                stores(storage),
                "export",
                Entries.ORIGIN,
                Entries.CLOCK,
                new DeletionFence(storage, "orders", CLAIM.log()));
    }

    /** Runs of ten offsets each, in two pages; returns their files. */
    private static SortedMap<Integer, List<String>> makeRuns(InMemoryStorage.Location into) throws IOException {
        return makeRuns(into, RUNS);
    }

    private static SortedMap<Integer, List<String>> makeRuns(InMemoryStorage.Location into, int count)
            throws IOException {
        InMemoryStorage storage = into.open("exports");
        RunLogs logs = logs(storage);
        SortedMap<Integer, List<String>> files = new TreeMap<>();
        SeriesRun series = SeriesRun.FIRST;
        for (int run = 1; run <= count; run++) {
            CheckpointLog log = logs.of(run);
            Totals totals =
                    makeRun(storage, log, start(run, series), files.computeIfAbsent(run, n -> new ArrayList<>()));
            series = series.next(
                    totals, log.lastEntry(), List.of(), new HeadRoom(Entries.NOON, new Retention(-1, -1), null, 0));
        }
        return files;
    }

    private static Checkpoint.Start start(int run, SeriesRun series) {
        Checkpoint.Start like = Entries.start();
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        partitions.put(0, new OffsetRange(10L * (run - 1), 10L * run));
        Extent extent = new Extent(
                like.extent().clusterId(),
                "orders",
                like.extent().topicId(),
                like.extent().isolationLevel(),
                partitions);
        return new Checkpoint.Start(
                extent,
                like.options(),
                like.naming(),
                Entries.NOON,
                like.compaction(),
                List.of(),
                PageToken.first(extent, like.next().direction(), 5, 5),
                null,
                series,
                null,
                null);
    }

    private static Totals makeRun(
            InMemoryStorage storage, CheckpointLog log, Checkpoint.Start start, List<String> names) throws IOException {
        log.append(start);
        PageToken token = start.next();
        Totals totals = Totals.NONE;
        SortedMap<Integer, Long> gaps = new TreeMap<>();
        while (!token.isExhausted()) {
            Page page = Paginator.plan(token);
            List<DataFile> files = Entries.filesOf(page);
            for (DataFile file : files) {
                names.add(file.name());
                try (Storage.PendingFile pending = storage.create(file.name())) {
                    pending.stream().write(file.name().getBytes(UTF_8));
                    pending.publish();
                }
                gaps.merge(0, file.gaps(), Long::sum);
            }
            totals = totals.plus(files, 0);
            log.append(new Checkpoint.PageCommit(files, gaps, totals, page.next()));
            token = page.next();
        }
        log.append(new Checkpoint.Complete(totals));
        return totals;
    }
}
