package io.pagewalk.internal.deadletter;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.SampledRecords;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The records that a complete export has set aside, as the source of another one. Its extent is from the first file of each
 * partition to the last one; what lies between and was not set aside is elsewhere, in the data files of the first export.
 * Asks no broker.
 */
public final class DeadLetterSource implements RecordSource {
    private final Storage output;
    private final Claim claim;
    private final String topic;
    private final Closeable places;
    private final ListedLetters listed;
    private final LetterFiles files;

    /**
     * Reads the logs.
     *
     * @param output the output of the export that has set them aside
     * @param logs its logs
     * @param claim its claim
     * @param places closed with this
     * @throws UsageException if the export is not complete, or its log damaged
     * @throws ExportFailedException if the log cannot be read
     */
    public DeadLetterSource(Storage output, CheckpointStores logs, Claim claim, String topic, Closeable places) {
        this.output = output;
        this.claim = claim;
        this.topic = topic;
        this.places = places;
        this.listed = ListedLetters.read(logs, claim);
        this.files = new LetterFiles(output, claim.log(), listed.start().naming());
    }

    @Override
    public ExportPlan plan(ExportSpec request, Consumer<RecordView> seen) {
        Extent extent = listed.extent();
        if (request.isolationLevel() != extent.isolationLevel()) {
            throw new UsageException("export " + claim.exportId() + " has set records aside that it read with"
                    + " isolation level "
                    + extent.isolationLevel().name().toLowerCase(Locale.ROOT) + ": ask for the same");
        }
        SampledRecords sampled = DeadLetterSample.of(listed.all(), files, seen);
        return new ExportPlan(
                request,
                extent,
                firstToken(request, extent, sampled.sample()),
                request.formats(sampled.formats()),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                List.of(),
                sampled.sample(),
                Compaction.NO,
                List.of(),
                listed.origin(),
                null,
                null,
                null);
    }

    @Override
    public ExportPlan planRun(
            ExportSpec request, @Nullable RunBefore before, @Nullable PlannedWindow window, Consumer<RecordView> seen) {
        throw new UsageException("dead letters are exported once: an incremental export is one of a topic");
    }

    @Override
    public Optional<Instant> firstTime(ExportSpec request) {
        throw new UsageException("dead letters are exported once, and not by windows");
    }

    /** Sizes are asked for in records, and few of the extent's offsets have one; so many more are taken together. */
    private PageToken firstToken(ExportSpec request, Extent extent, ExportPlan.Sample sample) {
        long file = request.fileRecords(sample.recordBytes());
        long files = request.pageRecords(sample.recordBytes()) / file;
        long most = Math.max(1, extent.size());
        double spread = Math.max(1, (double) most / Math.max(1, listed.origin().records()));
        long slice = Math.max(1, (long) Math.min((double) most, (double) file * spread));
        long page = slice * Math.min(files, (most - 1) / slice + 1);
        return PageToken.first(extent, request.direction(), page, slice);
    }

    @Override
    public void requireOrigin(Checkpoint.Start start) {
        DeadLettersOf origin = start.deadLettersOf();
        if (!listed.origin().equals(origin)) {
            throw new TopicChangedException("this export was started from the dead letters of " + origin + ", but "
                    + output.location() + " holds those of " + listed.origin()
                    + "; start a new export into another output");
        }
    }

    @Override
    public SourceReaders readers(IsolationLevel isolationLevel, RateLimit limit) {
        return progress -> new DeadLetterSliceReader(listed, files, limit, progress);
    }

    /** Whether the dead letters are still there; what is in them is checked where they are read. */
    @Override
    public void validate(Extent extent) {
        try {
            Claims claims = Claims.of(output, topic);
            if (claims.isDeleted(claim.generation()) || !claims.current().equals(Optional.of(claim))) {
                throw new TopicChangedException("export " + claim.exportId() + ", whose dead letters these are, was"
                        + " deleted from " + output.location() + "; what is committed stands");
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot look into " + output.location() + ": " + Reasons.describe(e) + "; fix that and run again",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            places.close();
        } catch (IOException e) {
            // Nothing was written there, so the outcome of the run stands.
        }
    }
}
