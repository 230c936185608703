package io.pagewalk.internal.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SliceTaskTest {
    private final MemorySink sink = new MemorySink();
    private final MemoryDeadLetters letters = new MemoryDeadLetters();
    private final Progress progress = new Progress();
    private final SliceTask task = new SliceTask(sink, letters.failing(), progress, LossPolicy.FAIL, false);
    private final Slice slice = Pages.slice("0:100-2600");

    @Test
    void readsASliceAndPublishesItsFile() {
        DataFile file = task.run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress()));

        assertThat(sink.published).containsOnlyKeys(slice);
        assertThat(file.lost() + file.gaps()).isZero();
        assertThat(file.content().records()).isEqualTo(2500);
        assertThat(progress.records()).isEqualTo(2500);
        assertThat(progress.bytes()).isEqualTo(7 * 2500);
        assertThat(progress.offsets()).isEqualTo(2500);
        assertThat(progress.adoptedFiles()).isZero();
    }

    @Test
    void adoptsAPublishedSliceInsteadOfReadingItAgain() {
        DataFile file = Entries.fileOf(slice);
        sink.published.put(slice, published(file));
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {});

        assertThat(task.run(slice, readers.open(new Progress()))).isEqualTo(file);

        assertThat(readers.begun).isEmpty();
        assertThat(progress.adoptedFiles()).isOne();
        assertThat(progress.records()).isZero();
        assertThat(progress.offsets()).isEqualTo(2500);
    }

    @Test
    void doesNotAdoptAFileThatHasFewerRecordsThanItHasRead() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> publishMeanwhile(100));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> task.run(slice, readers.open(new Progress())))
                .withMessageContainingAll("100 records of orders-0 [100, 2600)", "has read 2500", "move the file away");
    }

    @Test
    void adoptsAFileThatHasFewerRecordsThanItHasReadWhereTheTopicIsCompacted() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> publishMeanwhile(100));

        DataFile file = new SliceTask(sink, letters.failing(), progress, LossPolicy.FAIL, true)
                .run(slice, readers.open(new Progress()));

        assertThat(file.content().records()).isEqualTo(100);
        assertThat(file.gaps()).isEqualTo(2400);
    }

    @Test
    void adoptsAFileThatHasTheRecordsThatWereLostWhenItCameToThem() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            if (s.range().start() == 100) {
                publishMeanwhile(2500);
                throw gone(100, 2000);
            }
        });

        DataFile file = new SliceTask(sink, letters.failing(), progress, new RecordedLosses(), false)
                .run(slice, readers.open(new Progress()));

        assertThat(file.content().records()).isEqualTo(2500);
        assertThat(file.lost()).isZero();
    }

    @Test
    void countsEachOffsetThatHoldsNoRecordOnce() {
        RecordedLosses losses = new RecordedLosses();
        losses.met(slice, gone(100, 300));
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            reader.handOver(s, new OffsetRange(200, 210));
            reader.handOver(s, new OffsetRange(400, 500));
            reader.skipRest();
        });

        DataFile file = new SliceTask(sink, letters.failing(), progress, losses, false)
                .run(slice, readers.open(new Progress()));

        assertThat(file.content().records()).isEqualTo(110);
        assertThat(file.lost()).isEqualTo(190);
        assertThat(file.gaps()).isEqualTo(2200);
        assertThat(progress.offsets()).isEqualTo(2500);
    }

    @Test
    void setsAsideWhatDoesNotFitAndCountsEachOffsetOnce() {
        sink.unfit = offset -> offset == 100 || offset == 150;

        DataFile file = settingAside(2).run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress()));

        assertThat(file.content().records()).isEqualTo(2498);
        assertThat(file.setAside()).isEqualTo(2);
        assertThat(progress.records()).isEqualTo(2500);
        assertThat(file.gaps() + file.lost()).isZero();
        assertThat(letters.published.get(slice)).isEqualTo(MemoryDeadLetters.found(100, 150));
        assertThat(sink.written.get(slice)).doesNotContain(100L, 150L);
    }

    @Test
    void stopsAtWhatDoesNotFitUnlessItMaySetItAside() {
        sink.unfit = offset -> offset == 150;

        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> task.run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress())));
        assertThat(sink.published).isEmpty();
        assertThat(letters.published).isEmpty();
    }

    @Test
    void stopsAtOneMoreThanMayBeSetAside() {
        sink.unfit = offset -> offset < 103;

        assertThatExceptionOfType(FormatMismatchException.class)
                .isThrownBy(
                        () -> settingAside(2).run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress())))
                .withMessageContaining("more than 2 records");
        assertThat(sink.published).isEmpty();
        assertThat(letters.published).isEmpty();
    }

    @Test
    void setsAsideExactlyWhatAnEarlierAttemptHasPublished() {
        letters.published.put(slice, MemoryDeadLetters.found(120, 150));

        DataFile file = settingAside(9).run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress()));

        assertThat(file.setAside()).isEqualTo(2);
        assertThat(sink.written.get(slice)).doesNotContain(120L, 150L).hasSize(2498);
        assertThat(file.gaps()).isZero();
    }

    @Test
    void stopsAtWhatAnEarlierAttemptHasNotSetAside() {
        letters.published.put(slice, MemoryDeadLetters.found(120));
        sink.unfit = offset -> offset == 120 || offset == 150;

        assertThatExceptionOfType(FormatMismatchException.class)
                .isThrownBy(
                        () -> settingAside(9).run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress())))
                .withMessageContainingAll("dead letters of orders-0", "lacks this one");
        assertThat(sink.published).isEmpty();
    }

    @Test
    void adoptsADataFileWithTheDeadLettersBesideIt() {
        letters.published.put(slice, MemoryDeadLetters.found(120, 150));
        sink.published.put(slice, published(Entries.fileOf(Pages.slice("0:100-2500"))));

        DataFile file = settingAside(1).run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress()));

        assertThat(file.content().records()).isEqualTo(2399);
        assertThat(file.setAside()).isEqualTo(2);
        assertThat(file.gaps()).isEqualTo(99);
    }

    @Test
    void stopsAtDeadLettersOfAnEarlierRunIfItMayNotSetAside() {
        letters.published.put(slice, MemoryDeadLetters.found(120));
        sink.published.put(slice, published(Entries.fileOf(slice)));

        assertThatExceptionOfType(FormatMismatchException.class)
                .isThrownBy(() -> task.run(slice, new ScriptedReaders((s, reader) -> {}).open(new Progress())))
                .withMessageContainingAll("1 record aside", "set such records aside");
    }

    /** A rival had read a record that does not fit, and that compaction took away since. */
    @Test
    void readsASliceAgainWhereAnotherRunHasDecidedMeanwhileWhatIsSetAside() {
        sink.unfit = offset -> offset == 150;
        ScriptedReaders readers = new ScriptedReaders(
                (s, reader) -> letters.published.putIfAbsent(slice, MemoryDeadLetters.found(120, 150)));

        DataFile file = settingAside(9).run(slice, readers.open(new Progress()));

        assertThat(readers.begun).hasSize(2);
        assertThat(file.setAside()).isEqualTo(2);
        assertThat(sink.written.get(slice)).doesNotContain(120L, 150L).hasSize(2498);
    }

    /** Its data file came first: the dead letters beside it are of the same run. */
    @Test
    void takesTheDeadLettersBesideADataFileThatAnotherRunHasPublished() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            letters.published.put(slice, MemoryDeadLetters.found(2599));
            publishMeanwhile(2499);
        });

        DataFile file = settingAside(9).run(slice, readers.open(new Progress()));

        assertThat(file.setAside()).isOne();
        assertThat(file.gaps()).isZero();
    }

    @Test
    void countsWhatIsSetAsideAndLostOnce() {
        RecordedLosses losses = new RecordedLosses();
        losses.met(slice, gone(100, 300));
        letters.published.put(slice, MemoryDeadLetters.found(200, 400));
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            reader.handOver(s, new OffsetRange(300, 500));
            reader.skipRest();
        });

        DataFile file = new SliceTask(sink, letters.settingAside(9), progress, losses, false)
                .run(slice, readers.open(new Progress()));

        assertThat(file.content().records()).isEqualTo(199);
        assertThat(file.setAside()).isEqualTo(2);
        assertThat(file.lost()).isEqualTo(199);
        assertThat(file.gaps()).isEqualTo(2100);
    }

    private SliceTask settingAside(long mostInPage) {
        return new SliceTask(sink, letters.settingAside(mostInPage), progress, LossPolicy.FAIL, false);
    }

    private void publishMeanwhile(long records) {
        FileContent.Bounds bounds = new FileContent.Bounds(100, 2599, 0, 0);
        sink.published.put(
                slice, new PublishedFile("rival", new FileContent(records, bounds), 100, "crc32c:00000000", 0, true));
    }

    private static PublishedFile published(DataFile file) {
        return new PublishedFile(file.name(), file.content(), file.bytes(), file.checksum(), file.outside(), true);
    }

    /** Lets every loss pass, and remembers it. */
    private static class RecordedLosses implements LossPolicy {
        private final LostRanges ranges = new LostRanges();

        @Override
        public void met(Slice s, DataLossException loss) {
            ranges.add(new LostRange(s.partition(), new OffsetRange(loss.start(), loss.end())));
        }

        @Override
        public long onRecord(int partition, OffsetRange range) {
            return ranges.sizeWithin(partition, range);
        }
    }

    @Test
    void abortsTheFileOfASliceThatCannotBeRead() {
        DataLossException loss = new DataLossException(100, 200, "offsets are gone", null);
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw loss;
        });

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> task.run(slice, readers.open(new Progress())))
                .isSameAs(loss);

        assertThat(sink.aborted).containsExactly(slice);
        assertThat(sink.published).isEmpty();
    }

    @Test
    void keepsWhatItReadBeforeALossAndReadsOnBehindIt() {
        List<Slice> told = new ArrayList<>();
        List<OffsetRange> lost = new ArrayList<>();
        LossPolicy recording = new RecordedLosses() {
            @Override
            public void met(Slice s, DataLossException loss) {
                assertThat(sink.published)
                        .as("published before the loss is on record")
                        .isEmpty();
                told.add(s);
                lost.add(new OffsetRange(loss.start(), loss.end()));
                super.met(s, loss);
            }
        };
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            long start = s.range().start();
            if (start == 100) {
                reader.handOver(s, new OffsetRange(100, 110));
                throw gone(112, 500);
            } else if (start == 500) {
                throw gone(500, 2000);
            } else if (start == 2000) {
                reader.handOver(s, new OffsetRange(2000, 2001));
                throw gone(2001, 2590);
            }
        });

        DataFile file = new SliceTask(sink, letters.failing(), progress, recording, false)
                .run(slice, readers.open(new Progress()));

        assertThat(sink.published).containsOnlyKeys(slice);
        assertThat(file.lost()).isEqualTo(388 + 1500 + 589);
        assertThat(file.gaps()).isEqualTo(2);
        assertThat(sink.written.get(slice))
                .containsExactlyElementsOf(Stream.of(
                                LongStream.range(100, 110), LongStream.range(2000, 2001), LongStream.range(2590, 2600))
                        .flatMap(LongStream::boxed)
                        .toList());
        assertThat(told).containsOnly(slice);
        assertThat(lost)
                .containsExactly(new OffsetRange(112, 500), new OffsetRange(500, 2000), new OffsetRange(2001, 2590));
        assertThat(progress.records()).isEqualTo(21);
        assertThat(progress.offsets()).isEqualTo(2500);
    }

    @Test
    void publishesAnEmptyFileForASliceThatIsWhollyGone() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw gone(100, 2600);
        });

        DataFile file = new SliceTask(sink, letters.failing(), progress, new RecordedLosses(), false)
                .run(slice, readers.open(new Progress()));

        assertThat(file.content().records()).isZero();
        assertThat(readers.begun).hasSize(1);
        assertThat(progress.offsets()).isEqualTo(2500);
    }

    @Test
    void publishesNothingWhereALossCannotBePutOnRecord() {
        FencedException fenced = new FencedException("another run was faster");
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw gone(100, 2600);
        });
        LossPolicy failing = new RecordedLosses() {
            @Override
            public void met(Slice s, DataLossException loss) {
                throw fenced;
            }
        };

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> new SliceTask(sink, letters.failing(), progress, failing, false)
                        .run(slice, readers.open(new Progress())))
                .isSameAs(fenced);

        assertThat(sink.published).isEmpty();
        assertThat(sink.aborted).containsExactly(slice);
    }

    @Test
    void doesNotGoOnForEverAtALossThatLeadsNowhere() {
        DataLossException loss = gone(50, 100);
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw loss;
        });

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> new SliceTask(sink, letters.failing(), progress, new RecordedLosses(), false)
                        .run(slice, readers.open(new Progress())))
                .isSameAs(loss);
    }

    private static DataLossException gone(long start, long end) {
        return new DataLossException(start, end, "offsets are gone", null);
    }

    @Test
    void namesTheSliceThatFailed() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw new IOException("disk full");
        });

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> task.run(slice, readers.open(new Progress())))
                .withMessage("orders-0 [100, 2600): disk full; its page is not committed, run again to resume");
    }
}
