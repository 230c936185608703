package io.pagewalk.internal.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.internal.slice.LossPolicy;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.SourceLog;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an export is known to have lost, in its log. A loss is appended when it is met, so it is on record before a file
 * that omits it can be published. What is on record already is not recorded again: a slice whose first reader did not come
 * to publish it is read once more. Safe for use by any number of threads.
 */
public final class Losses implements LossPolicy {
    private final CheckpointLog log;
    /** Guards itself; who reads it does not wait for a loss that is being recorded. */
    private final LostRanges onRecord;

    private final Runnable validation;
    private final @Nullable Consumer<LostRange> listener;

    private Losses(CheckpointLog log, ExportState state, Runnable validation, @Nullable Consumer<LostRange> listener) {
        this.log = log;
        this.onRecord = new LostRanges(state.losses());
        this.validation = validation;
        this.listener = listener;
    }

    /**
     * Puts further losses on record, and tells {@code listener} of each once it is there.
     *
     * @param source asked before each whether it is the topic still: one that was deleted and created anew lacks offsets, too
     */
    public static Losses recording(
            CheckpointLog log, ExportState state, SourceLog source, Consumer<LostRange> listener) {
        return new Losses(log, state, () -> source.validate(state.start().extent()), listener);
    }

    /** Stops at losses that are not on record. */
    public static Losses failing(CheckpointLog log, ExportState state) {
        return new Losses(log, state, () -> {}, null);
    }

    /**
     * @throws DataLossException if the loss is not on record, and not to be recorded
     * @throws io.pagewalk.error.FencedException if another run has gone on with the export
     * @throws io.pagewalk.error.TopicChangedException if the topic is no longer the one the extent was frozen from
     */
    @Override
    public synchronized void met(Slice slice, DataLossException loss) {
        LostRange range = new LostRange(slice.partition(), new OffsetRange(loss.start(), loss.end()));
        List<LostRange> missing = missing(range);
        if (missing.isEmpty()) {
            return;
        }
        if (listener == null) {
            throw loss;
        }
        validation.run();
        long lost = missing.stream().mapToLong(part -> part.range().size()).sum();
        log.append(totals -> new Checkpoint.Loss(missing, totals.plusLost(lost)));
        add(missing);
        missing.forEach(listener);
    }

    private List<LostRange> missing(LostRange range) {
        synchronized (onRecord) {
            return onRecord.missing(range);
        }
    }

    private void add(List<LostRange> recorded) {
        synchronized (onRecord) {
            recorded.forEach(onRecord::add);
        }
    }

    private long sizeOnRecord(int partition, OffsetRange range) {
        synchronized (onRecord) {
            return onRecord.sizeWithin(partition, range);
        }
    }

    /** All that is on record, by partition and offset; ranges that touch are one. Does not wait for one under way. */
    public List<LostRange> onRecord() {
        synchronized (onRecord) {
            return onRecord.list();
        }
    }

    /** What of a slice is on record, in ascending order. */
    List<LostRange> onRecord(Slice slice) {
        synchronized (onRecord) {
            return onRecord.within(slice.partition(), slice.range());
        }
    }

    @Override
    public long onRecord(int partition, OffsetRange range) {
        return sizeOnRecord(partition, range);
    }

    @Override
    public long onRecordIfUnfenced(int partition, OffsetRange range) {
        log.requireUnfenced();
        return onRecord(partition, range);
    }

    /** How many offsets of the files' slices are on record as lost, whether the files have them or not. */
    long onRecord(List<DataFile> files) {
        long lost = 0;
        for (DataFile file : files) {
            lost += sizeOnRecord(file.slice().partition(), file.slice().range());
        }
        return lost;
    }
}
