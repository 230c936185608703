package io.pagewalk.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.CheckpointReader;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.InMemoryCheckpointStore;
import io.pagewalk.internal.slice.Pages;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.SourceLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LossesTest {
    private final InMemoryCheckpointStore store = new InMemoryCheckpointStore();
    private final CheckpointLog log = new CheckpointLog(store, "export", Entries.ORIGIN, Entries.CLOCK);
    private final List<LostRange> told = new CopyOnWriteArrayList<>();
    private final Source source = new Source();
    private final Slice slice = Pages.slice("0:0-100");

    @Test
    void putsALossOnRecordBeforeItGoesOn() {
        Losses losses = recording(begun(100));

        losses.met(slice, loss(0, 30));

        assertThat(last()).isEqualTo(new Checkpoint.Loss(List.of(lost(0, 30)), Totals.NONE.plusLost(30)));
        assertThat(told).containsExactly(lost(0, 30));
        assertThat(losses.onRecord()).containsExactly(lost(0, 30));
    }

    @Test
    void doesNotRecordAgainWhatAnEarlierAttemptHad() {
        recording(begun(100)).met(slice, loss(0, 30));

        Losses again = recording(log.load().orElseThrow());
        again.met(slice, loss(0, 30));

        assertThat(store.entries).hasSize(2);
        assertThat(again.onRecord()).containsExactly(lost(0, 30));
    }

    @Test
    void recordsWhatAnEarlierAttemptHadReadBeforeItsLossAndNeverPublished() {
        recording(begun(100)).met(slice, loss(50, 70));
        told.clear();

        Losses again = recording(log.load().orElseThrow());
        again.met(slice, loss(0, 90));

        assertThat(last()).isEqualTo(new Checkpoint.Loss(List.of(lost(0, 50), lost(70, 90)), Totals.NONE.plusLost(90)));
        assertThat(told).containsExactly(lost(0, 50), lost(70, 90));
        assertThat(log.load().orElseThrow().losses()).containsExactly(lost(0, 90));
    }

    @Test
    void recordsNoLossOfATopicThatWasCreatedAnew() {
        Losses losses = recording(begun(100));
        source.changed = new TopicChangedException("another topic");

        assertThatThrownBy(() -> losses.met(slice, loss(0, 30))).isSameAs(source.changed);

        assertThat(store.entries).hasSize(1);
        assertThat(losses.onRecord()).isEmpty();
    }

    @Test
    void stopsAtALossThatIsNotOnRecord() {
        Losses losses = Losses.failing(log, begun(100));
        DataLossException loss = loss(0, 30);

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> losses.met(slice, loss))
                .isSameAs(loss);

        assertThat(store.entries).hasSize(1);
    }

    @Test
    void goesOnAtALossOnRecordThoughFurtherOnesStopIt() {
        recording(begun(100)).met(slice, loss(0, 30));
        Losses losses = Losses.failing(log, log.load().orElseThrow());

        losses.met(slice, loss(0, 30));

        assertThatExceptionOfType(DataLossException.class).isThrownBy(() -> losses.met(slice, loss(0, 31)));
    }

    @Test
    void isFencedByARunThatWentOn() {
        Losses losses = recording(begun(100));
        CheckpointLog rival = new CheckpointLog(store, "export", Entries.RIVAL, Entries.CLOCK);
        rival.load();
        rival.append(Entries.pageCommit());

        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> losses.met(slice, loss(0, 30)));

        assertThat(losses.onRecord()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void tellsOfNoLossToARunThatAnotherHasOvertaken() {
        Losses losses = Losses.failing(log, begun(100));
        assertThat(losses.onRecordIfUnfenced(0, slice.range())).isZero();
        CheckpointLog rival = new CheckpointLog(store, "export", Entries.RIVAL, Entries.CLOCK);
        rival.load();
        rival.append(Entries.pageCommit());

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> losses.onRecordIfUnfenced(0, slice.range()))
                .withMessageContaining("another run was faster");
    }

    @Test
    void commitsNoPageBehindALossOfWhichItDoesNotKnowWhetherItIsThere() {
        Losses losses = recording(begun(100));
        store.failures.addAll(List.of(new IOException("disk full"), new IOException("disk full")));
        assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> losses.met(slice, loss(0, 30)));

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> log.append(Entries.pageCommit()))
                .withMessageContaining("disk full");

        assertThat(store.entries).hasSize(1);
    }

    @Test
    void tellsHowManyOffsetsOfFilesAreOnRecord() {
        Losses losses = recording(begun(100, 100));
        losses.met(slice, loss(0, 30));

        assertThat(losses.onRecord(0, new OffsetRange(20, 40))).isEqualTo(10);
        assertThat(losses.onRecord(1, new OffsetRange(20, 40))).isZero();
        assertThat(losses.onRecord(
                        List.of(Entries.fileOf(Pages.slice("0:25-35")), Entries.fileOf(Pages.slice("1:0-10")))))
                .isEqualTo(5);
    }

    @Test
    void keepsTheLogInOrderWhileThreadsMeetLossesAndPagesAreCommitted() throws Exception {
        ExportState state = begun(1000, 1000, 1000, 1000);
        Losses losses = recording(state);
        int threads = 4;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> meeting = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int partition = thread;
            meeting.add(pool.submit(() -> {
                start.await();
                for (int i = 0; i < 100; i++) {
                    Slice of = Pages.slice(partition + ":" + 10 * i + "-" + (10 * i + 10));
                    losses.met(of, loss(10L * i, 10L * i + 3));
                }
                return null;
            }));
        }
        PageToken token = Objects.requireNonNull(state.next());
        start.countDown();
        for (int i = 0; i < 100; i++) {
            Page page = Paginator.plan(token);
            List<DataFile> files = Entries.filesOf(page);
            log.append(totals -> new Checkpoint.PageCommit(files, new TreeMap<>(), totals.plus(files, 0), page.next()));
            token = page.next();
        }
        for (Future<?> thread : meeting) {
            thread.get(30, TimeUnit.SECONDS);
        }
        pool.shutdown();

        ExportState after = log.load().orElseThrow();
        assertThat(after.last().sequence()).isEqualTo(500);
        assertThat(after.next()).isEqualTo(token);
        assertThat(after.totals().pages()).isEqualTo(100);
        assertThat(after.totals().lost()).isEqualTo(1200);
        assertThat(after.losses()).hasSize(400).isEqualTo(losses.onRecord());
        for (int i = 1; i <= 500; i++) {
            assertThat(CheckpointReader.decode(store.entries.get(i), "entry").previous())
                    .isEqualTo(CheckpointReader.checksumOf(store.entries.get(i - 1)));
        }
    }

    /** A run that ends tells what it knows, also where a thread waits for a store that does not answer. */
    @Test
    void tellsWhatIsOnRecordWhileALossIsBeingRecorded() throws Exception {
        Losses losses = recording(begun(100));
        losses.met(slice, loss(0, 10));
        CountDownLatch appending = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        store.appending = sequence -> {
            appending.countDown();
            awaitUninterrupted(answered);
        };
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<?> meeting = pool.submit(() -> losses.met(slice, loss(50, 60)));
        appending.await();

        assertThat(pool.submit(() -> losses.onRecord()).get(20, TimeUnit.SECONDS))
                .containsExactly(lost(0, 10));
        assertThat(pool.submit(() -> losses.onRecord(List.of(Entries.fileOf(slice))))
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo(10);
        assertThat(pool.submit(log::totals).get(20, TimeUnit.SECONDS).lost()).isEqualTo(10);
        answered.countDown();
        meeting.get(20, TimeUnit.SECONDS);
        pool.shutdown();
        assertThat(losses.onRecord()).containsExactly(lost(0, 10), lost(50, 60));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Source implements SourceLog {
        @Nullable
        TopicChangedException changed;

        @Override
        public void validate(Extent extent) {
            if (changed != null) {
                throw changed;
            }
        }

        @Override
        public void close() {}
    }

    private ExportState begun(long... sizes) {
        log.append(Entries.start(sizes));
        return log.load().orElseThrow();
    }

    private Losses recording(ExportState state) {
        return Losses.recording(log, state, source, told::add);
    }

    private Checkpoint.Body last() {
        int last = store.entries.size() - 1;
        return CheckpointReader.decode(store.entries.get(last), "entry " + last).body();
    }

    private static DataLossException loss(long start, long end) {
        return new DataLossException(start, end, "offsets are gone", null);
    }

    private static LostRange lost(long start, long end) {
        return new LostRange(0, new OffsetRange(start, end));
    }
}
