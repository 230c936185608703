package io.pagewalk.internal.run;

import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.SourceLog;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** Where an export's records come from. Used by one thread, but for {@link #readers}. */
public interface RecordSource extends SourceLog {
    /**
     * Freezes the extent of a request and decides formats and sizes from a sample of its records.
     *
     * @param sampled takes each record of the sample, after the extent is frozen
     * @throws io.pagewalk.error.UsageException if what is asked for is not there, or may not be read
     * @throws io.pagewalk.error.ExportFailedException if the source does not answer
     */
    ExportPlan plan(ExportSpec request, Consumer<RecordView> sampled);

    /** Likewise, where nobody else looks at the sample. */
    default ExportPlan plan(ExportSpec request) {
        return plan(request, record -> {});
    }

    /**
     * Likewise, of a run of a series: partitions that were named and are not there are left out.
     *
     * @param before the run that it goes on after, or null for the first
     * @param window what it is to end with, instead of where the request ends, or null
     * @throws io.pagewalk.error.TopicChangedException if the topic is not that of the run before, or was truncated since
     */
    ExportPlan planRun(
            ExportSpec request,
            @Nullable RunBefore before,
            @Nullable PlannedWindow window,
            Consumer<RecordView> sampled);

    /**
     * A time that the first window of a series has to hold: the earliest, over the partitions, of the median timestamp of the first
     * records. Empty if there are no records.
     *
     * @throws io.pagewalk.error.UsageException if records have no timestamps
     */
    Optional<Instant> firstTime(ExportSpec request);

    /** What the topic's consumer groups have committed; null if it is made of no topic. */
    default @Nullable CommittedOffsets committedOffsets(String topic) {
        return null;
    }

    /**
     * Checks that an export that goes on was begun from this very source, as far as {@link #validate} cannot tell.
     *
     * @throws io.pagewalk.error.TopicChangedException if it was not
     */
    default void requireOrigin(Checkpoint.Start start) {}

    /**
     * Makes readers.
     *
     * @param limit what all readers together are held to
     */
    SourceReaders readers(IsolationLevel isolationLevel, RateLimit limit);
}
