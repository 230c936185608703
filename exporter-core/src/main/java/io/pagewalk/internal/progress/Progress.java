package io.pagewalk.internal.progress;

import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What a run has done so far, committed or not, for showing while it goes on. Written by the run's threads, read by any.
 */
public final class Progress {
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder offsets = new LongAdder();
    private final LongAdder fetchedBytes = new LongAdder();
    private final LongAdder adoptedFiles = new LongAdder();
    private final ThreadTimes threadTimes = new ThreadTimes();
    private final Waits waits;
    private final Consumer<Totals> onCommit;
    private volatile long committedPages;
    private final LongAdder totalOffsets = new LongAdder();

    public Progress() {
        this(new Waits());
    }

    /** Of a run that waits for these. */
    public Progress(Waits waits) {
        this(waits, totals -> {});
    }

    /** Likewise, and tells of each commit, by the thread that commits. */
    public Progress(Waits waits, Consumer<Totals> onCommit) {
        this.waits = waits;
        this.onCommit = onCommit;
    }

    /** Records read in this run. */
    public long records() {
        return records.sum();
    }

    /** Uncompressed bytes of keys, values and headers read in this run. */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * Bytes that came over the network for it, as the brokers sent them: compressed as the topic is, and with what was
     * fetched ahead but not used. Told at the end of a slice.
     */
    public long fetchedBytes() {
        return fetchedBytes.sum();
    }

    /** Offsets walked: those committed before this run, and those its slices have passed. */
    public long offsets() {
        return offsets.sum();
    }

    /** Offsets in the extents of all runs of this command; 0 until it knows. */
    public long totalOffsets() {
        return totalOffsets.sum();
    }

    /** Slices whose file an earlier attempt had published, so that they were not read again. */
    public long adoptedFiles() {
        return adoptedFiles.sum();
    }

    /** Pages committed over the whole export. */
    public long committedPages() {
        return committedPages;
    }

    /** What the threads that work on slices spend their time on. */
    public ThreadTimes threadTimes() {
        return threadTimes;
    }

    /** What its threads wait for. */
    public Waits waits() {
        return waits;
    }

    public void fetched(long moreBytes) {
        fetchedBytes.add(moreBytes);
    }

    public void begin(ExportState state) {
        totalOffsets.add(state.start().extent().size());
        offsets.add(state.totals().offsets());
        committedPages = state.totals().pages();
    }

    public void read(long moreRecords, long moreBytes, long moreOffsets) {
        records.add(moreRecords);
        bytes.add(moreBytes);
        offsets.add(moreOffsets);
    }

    public void adopted(long moreOffsets) {
        adoptedFiles.increment();
        offsets.add(moreOffsets);
    }

    public void committed(Totals totals) {
        committedPages = totals.pages();
        onCommit.accept(totals);
    }
}
