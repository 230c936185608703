package io.pagewalk.cli.progress;

import io.pagewalk.RunFigures;
import io.pagewalk.cli.text.Human;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is at one moment.
 *
 * @param elapsed since the run began
 * @param records records read by this run
 * @param bytes their uncompressed bytes
 * @param pages pages committed over the whole export
 * @param doneOffsets offsets walked over the whole export
 * @param totalOffsets offsets of the extent
 * @param doneBefore offsets committed before this run
 */
public record ProgressSample(
        Duration elapsed, long records, long bytes, long pages, long doneOffsets, long totalOffsets, long doneBefore) {
    /** Of nothing. */
    public static final ProgressSample NONE = new ProgressSample(Duration.ZERO, 0, 0, 0, 0, 0, 0);

    /** Of a run that has come to its export. */
    public static ProgressSample of(RunFigures figures) {
        ExportState begun = figures.begun();
        Totals before = begun == null ? Totals.NONE : begun.totals();
        return new ProgressSample(
                figures.elapsed(),
                figures.records(),
                figures.bytes(),
                Math.max(figures.committedPages(), before.pages()),
                Math.max(figures.walkedOffsets(), before.offsets()),
                begun == null ? 0 : begun.start().extent().size(),
                before.offsets());
    }

    /** Of this and another, by the time of this one. */
    public ProgressSample plus(ProgressSample other) {
        return new ProgressSample(
                elapsed,
                records + other.records,
                bytes + other.bytes,
                pages + other.pages,
                doneOffsets + other.doneOffsets,
                totalOffsets + other.totalOffsets,
                doneBefore + other.doneBefore);
    }

    /**
     * Of a command of which this is what has begun.
     *
     * @param time since the command began
     * @param further offsets of what has not begun
     */
    public ProgressSample within(Duration time, long further) {
        return new ProgressSample(time, records, bytes, pages, doneOffsets, totalOffsets + further, doneBefore);
    }

    /** How long the rest takes at the mean speed of this run so far; null while nothing can be said. */
    @Nullable
    Duration remaining() {
        long walked = doneOffsets - doneBefore;
        if (walked <= 0 || doneOffsets >= totalOffsets) {
            return null;
        }
        double left = Math.max(0, totalOffsets - doneOffsets);
        return Duration.ofMillis((long) (elapsed.toMillis() * left / walked));
    }

    /** {@code 45.2 %, 1,234,567 records, 45.6 MB/s, page 12, 3 min 20 s left} */
    String line() {
        Duration left = remaining();
        return Human.share(doneOffsets, totalOffsets) + ", " + Human.count(records, "record") + ", "
                + Human.rate(bytes, elapsed) + ", " + Human.count(pages, "page") + " committed"
                + (left == null ? "" : ", about " + Human.duration(left) + " left");
    }
}
