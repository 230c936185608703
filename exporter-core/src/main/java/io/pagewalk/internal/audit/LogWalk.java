package io.pagewalk.internal.audit;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log from its first entry to its last, to see that each is of this export and continues the one before it, and
 * that it says what it has to (see {@code PlannedLog}). An entry that is missing or damaged is a finding; the walk goes on
 * behind it.
 */
public final class LogWalk {
    private static final long MOST_NAMED = 10;

    /** Told of what the log says, in its order. */
    public interface Visitor {
        void started(Checkpoint.Start start);

        /**
         * A page's entry.
         *
         * @param lost what is on record as lost by then
         */
        void committed(long sequence, Checkpoint.PageCommit page, LostRanges lost);

        void lost(LostRange range);

        /** What ids stand for that no entry before has. */
        default void met(List<MetSchema> schemas) {}

        /** A page whose entry cannot be read. */
        void unknown(Page planned);
    }

    private final CheckpointStore store;
    private final LogName log;
    private final Consumer<Finding> findings;
    private final PlannedLog planned;

    private @Nullable String topic;
    /** Of the entry before; null if that one cannot be read. */
    private @Nullable String checksum = "";

    private EntryLinks links = EntryLinks.NONE;
    private long entries;

    /**
     * @param log whose it is
     * @param run of which run
     */
    public LogWalk(CheckpointStore store, LogName log, int run, Visitor visitor, Consumer<Finding> findings) {
        this.store = store;
        this.log = log;
        this.findings = findings;
        this.planned = new PlannedLog(log, run, visitor, findings);
    }

    /**
     * Follows the log, once.
     *
     * @throws NewerVersionException if an entry is newer than this program
     * @throws ExportFailedException if it cannot be read
     */
    public void run() {
        long[] sequences = sequences();
        if (sequences.length == 0) {
            findings.accept(new Finding(store.location(), "there is no checkpoint: the export's log is gone"));
            return;
        }
        long expected = 0;
        for (long sequence : sequences) {
            missing(expected, sequence);
            entry(sequence);
            expected = sequence + 1;
        }
        if (!planned.isComplete()) {
            planned.notComplete(expected - 1);
        }
    }

    private long[] sequences() {
        try {
            return store.sequences();
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot list the checkpoints in " + store.location() + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }

    private void missing(long from, long to) {
        if (to - from > MOST_NAMED) {
            findings.accept(
                    new Finding("checkpoints " + from + " to " + (to - 1), "missing, " + (to - from) + " in all"));
        } else {
            for (long sequence = from; sequence < to; sequence++) {
                findings.accept(new Finding(place(sequence), "missing"));
            }
        }
        if (to > from) {
            lose(to - from);
        }
    }

    private void lose(long count) {
        planned.lose(count);
        checksum = null;
    }

    private void entry(long sequence) {
        LoggedEntry entry;
        try {
            entry = LoggedEntry.read(store, sequence, CheckpointLog.place(sequence, store));
        } catch (NoSuchFileException e) {
            missing(sequence, sequence + 1);
            return;
        } catch (NewerVersionException e) {
            // What cannot be read cannot be found wrong either.
            throw e;
        } catch (UsageException e) {
            String problem =
                    e.problem().substring(CheckpointLog.place(sequence, store).length());
            findings.accept(new Finding(place(sequence), problem.strip()));
            lose(1);
            return;
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read " + place(sequence) + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
        Checkpoint checkpoint = entry.checkpoint();
        String foreign = foreign(sequence, checkpoint);
        if (foreign != null) {
            findings.accept(new Finding(place(sequence), foreign));
            lose(1);
            return;
        }
        entries++;
        if (checksum != null && !checkpoint.previous().equals(checksum)) {
            findings.accept(new Finding(
                    place(sequence),
                    sequence == 0
                            ? "is the first, but says that it continues another"
                            : "does not continue " + place(sequence - 1) + ": one of the two was replaced"));
        }
        if (planned.isGapless() && !checkpoint.links().equals(links)) {
            findings.accept(new Finding(
                    place(sequence),
                    "says that the last page, loss and schemas before it are in checkpoints " + text(checkpoint.links())
                            + ", not in " + text(links)));
        }
        if (planned.isComplete()) {
            findings.accept(new Finding(place(sequence), "stands after the one that says complete"));
        }
        body(sequence, checkpoint.body());
        links = links.behind(sequence, checkpoint.body().kind());
        checksum = entry.checksum();
    }

    private @Nullable String foreign(long sequence, Checkpoint checkpoint) {
        if (checkpoint.sequence() != sequence) {
            return "it is entry " + checkpoint.sequence() + " under another name";
        }
        if (!checkpoint.exportId().equals(log.exportId())) {
            return "it belongs to export " + checkpoint.exportId() + ", not to " + log.exportId();
        }
        if (topic == null) {
            topic = checkpoint.topic();
        }
        if (!checkpoint.topic().equals(topic)) {
            return "it is of topic " + checkpoint.topic() + ", not of " + topic;
        }
        boolean start = checkpoint.body().kind() == Checkpoint.Kind.START;
        if (start != (sequence == 0)) {
            return start ? "it starts an export, which only the first may" : "it does not start an export";
        }
        return null;
    }

    private void body(long sequence, Checkpoint.Body body) {
        body.accept(new Checkpoint.Visitor<RuntimeException>() {
            @Override
            public void start(Checkpoint.Start start) {
                planned.start(start);
            }

            @Override
            public void page(Checkpoint.PageCommit page) {
                planned.page(sequence, page);
            }

            @Override
            public void loss(Checkpoint.Loss loss) {
                planned.loss(sequence, loss);
            }

            @Override
            public void schemas(Checkpoint.Schemas schemas) {
                planned.schemas(sequence, schemas);
            }

            @Override
            public void complete(Checkpoint.Complete said) {
                planned.complete(sequence, said.totals());
            }
        });
    }

    private static String text(EntryLinks links) {
        return links.page() + ", " + links.loss() + " and " + links.schemas();
    }

    static String place(long sequence) {
        return "checkpoint " + sequence;
    }

    /** The token of the page behind the last one in the log, or null if it cannot be known. */
    @Nullable
    PageToken next() {
        return planned.next();
    }

    /** The checksum of the last entry; null if that one cannot be read. */
    public @Nullable String checksum() {
        return checksum;
    }

    @Nullable
    String topic() {
        return topic;
    }

    boolean isComplete() {
        return planned.isComplete();
    }

    long entries() {
        return entries;
    }

    Totals totals() {
        return planned.totals();
    }

    long pages() {
        return planned.pages();
    }
}
