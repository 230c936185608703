package io.pagewalk.internal.run;

import io.pagewalk.payload.FormatDetector;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan.Sample;
import io.pagewalk.record.RecordView;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adds up what is seen of some records, to decide what payloads are and what a record weighs. Keeps none of them. */
public final class SampledRecords {
    private final FormatDetector keys = new FormatDetector();
    private final FormatDetector values = new FormatDetector();
    private final FormatDetector headers = new FormatDetector();
    private long records;
    private long bytes;
    private @Nullable Long oldest;
    private final Consumer<RecordView> also;

    public SampledRecords() {
        this(record -> {});
    }

    /** @param also takes each record, too */
    public SampledRecords(Consumer<RecordView> also) {
        this.also = also;
    }

    public void see(RecordView record) {
        also.accept(record);
        records++;
        bytes += record.size();
        keys.sample(record.key());
        values.sample(record.value());
        for (int i = 0; i < record.headerCount(); i++) {
            headers.sample(record.header(i).value());
        }
    }

    /** A partition's first records are dated so. */
    public void startsAt(long timestamp) {
        oldest = oldest == null ? timestamp : Math.min(oldest, timestamp);
    }

    /** The least of these; null if there is none. */
    public @Nullable Long oldest() {
        return oldest;
    }

    /** How many were seen, and their size. */
    public Sample sample() {
        return new Sample(records, bytes);
    }

    /** What {@code auto} comes to. */
    public PayloadFormats formats() {
        return new PayloadFormats(keys.format(), values.format(), headers.format());
    }
}
