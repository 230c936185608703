package io.pagewalk.internal.audit;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log from its first entry to its last, and plans every page anew to see that it commits exactly what it had to.
 * An entry that is missing or damaged is a finding; the walk goes on behind it.
 */
public final class LogWalk {
    private static final long MOST_NAMED = 10;
    /** A stray name must not send the walk through all pages of a made-up extent. */
    private static final long MOST_UNREAD = 100_000;

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

        /** A page whose entry cannot be read. */
        void unknown(Page planned);
    }

    private final CheckpointStore store;
    private final LogName log;
    private final Visitor visitor;
    private final Consumer<Finding> findings;

    private @Nullable String topic;
    private @Nullable FileNaming naming;
    /** The token of the next page; null where it cannot be known. */
    private @Nullable PageToken token;
    /** Of the entry before; null if that one cannot be read. */
    private @Nullable String checksum = "";
    /** So far; null if the entry before cannot be read. */
    private @Nullable Totals totals = Totals.NONE;
    /** What is on record as lost so far; incomplete behind an entry that cannot be read. */
    private final LostRanges lost = new LostRanges();

    private SortedMap<Integer, Long> gaps = new TreeMap<>();
    private long lastPage;
    private long lastLoss;
    /** Whether all entries so far could be read. */
    private boolean gapless = true;
    /** Entries that could not be read, and that no page is known to have committed. */
    private long unread;

    private boolean complete;
    private Checkpoint.@Nullable Start started;

    private long entries;
    private long pages;

    public LogWalk(CheckpointStore store, LogName log, Visitor visitor, Consumer<Finding> findings) {
        this.store = store;
        this.log = log;
        this.visitor = visitor;
        this.findings = findings;
    }

    /**
     * Follows the log, once.
     *
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
        if (!complete) {
            notComplete(expected - 1);
        }
    }

    private long[] sequences() {
        try {
            return store.sequences();
        } catch (IOException e) {
            throw new ExportFailedException("cannot list the checkpoints in " + store.location() + ": " + reason(e), e);
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
        unread = Math.min(MOST_UNREAD, unread + count);
        checksum = null;
        totals = null;
        gapless = false;
    }

    private void entry(long sequence) {
        LoggedEntry entry;
        try {
            entry = LoggedEntry.read(store, sequence, place(sequence));
        } catch (NoSuchFileException e) {
            missing(sequence, sequence + 1);
            return;
        } catch (UsageException e) {
            String problem =
                    String.valueOf(e.getMessage()).substring(place(sequence).length());
            findings.accept(new Finding(place(sequence), problem.strip()));
            lose(1);
            return;
        } catch (IOException e) {
            throw new ExportFailedException("cannot read " + place(sequence) + ": " + reason(e), e);
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
        if (gapless && (checkpoint.lastPage() != lastPage || checkpoint.lastLoss() != lastLoss)) {
            findings.accept(new Finding(
                    place(sequence),
                    "says that the last page and loss before it are in checkpoints " + checkpoint.lastPage() + " and "
                            + checkpoint.lastLoss() + ", not in " + lastPage + " and " + lastLoss));
        }
        if (complete) {
            findings.accept(new Finding(place(sequence), "stands behind the one that says complete"));
        }
        body(sequence, checkpoint.body());
        checksum = entry.checksum();
        totals = checkpoint.body().totals();
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
        boolean start = checkpoint.body() instanceof Checkpoint.Start;
        if (start != (sequence == 0)) {
            return start ? "it starts an export, which only the first may" : "it does not start an export";
        }
        return null;
    }

    private void body(long sequence, Checkpoint.Body body) {
        body.accept(new Checkpoint.Visitor<RuntimeException>() {
            @Override
            public void start(Checkpoint.Start start) {
                LogWalk.this.start(start);
            }

            @Override
            public void page(Checkpoint.PageCommit page) {
                LogWalk.this.page(sequence, page);
                lastPage = sequence;
            }

            @Override
            public void loss(Checkpoint.Loss loss) {
                LogWalk.this.loss(sequence, loss);
                lastLoss = sequence;
            }

            @Override
            public void complete(Checkpoint.Complete said) {
                LogWalk.this.complete(sequence, said.totals());
                compareTotals(sequence, totals, said.totals());
            }
        });
    }

    private void start(Checkpoint.Start start) {
        PageToken first = start.next();
        if (!first.equals(PageToken.first(start.extent(), first.direction(), first.pageSize(), first.sliceSize()))) {
            findings.accept(new Finding(place(0), "its page token is not that of the first page of its extent"));
        }
        if (start.naming().generation() != log.generation()) {
            findings.accept(new Finding(
                    place(0),
                    "it is of generation " + start.naming().generation() + ", but the log is that of generation "
                            + log.generation()));
        }
        token = first;
        started = start;
        naming = start.naming();
        visitor.started(start);
    }

    private void page(long sequence, Checkpoint.PageCommit page) {
        pages++;
        passUnread(page.page());
        PageToken from = token;
        if (from == null || from.isExhausted()) {
            if (from != null) {
                findings.accept(new Finding(place(sequence), "commits a page though nothing was left"));
            }
            visitor.committed(sequence, page, lost);
        } else {
            Page planned = Paginator.plan(from);
            comparePlan(sequence, page, planned);
            visitor.committed(sequence, page, lost);
        }
        long onRecord = 0;
        for (DataFile file : page.files()) {
            long within = lost.sizeWithin(file.slice().partition(), file.slice().range());
            if (gapless && file.lost() > within) {
                findings.accept(new Finding(
                        place(sequence),
                        "it counts " + file.lost() + " offsets of " + file.name() + " as lost, but " + within
                                + " are on record"));
            }
            onRecord += within;
            if (file.gaps() > 0) {
                gaps.merge(file.slice().partition(), file.gaps(), Long::sum);
            }
        }
        if (totals != null) {
            compareTotals(sequence, totals.plus(page.files(), onRecord), page.totals());
        }
        if (gapless && !gaps.equals(page.gaps())) {
            findings.accept(new Finding(
                    place(sequence), "its gaps are " + page.gaps() + ", but those of the files come to " + gaps));
        }
        gaps = new TreeMap<>(page.gaps());
        token = page.next();
    }

    private void loss(long sequence, Checkpoint.Loss loss) {
        long more = 0;
        for (LostRange range : loss.ranges()) {
            if (lost.sizeWithin(range.partition(), range.range()) > 0) {
                findings.accept(new Finding(
                        place(sequence),
                        "what it says to be lost is on record already: partition " + range.partition() + " "
                                + range.range()));
            }
            more += range.range().size();
            lost.add(range);
            visitor.lost(range);
        }
        if (totals != null) {
            compareTotals(sequence, totals.plusLost(more), loss.totals());
        }
    }

    private void comparePlan(long sequence, Checkpoint.PageCommit page, Page planned) {
        boolean same = true;
        List<DataFile> files = page.files();
        for (int i = 0; i < Math.max(files.size(), planned.slices().size()) && same; i++) {
            String listed = i < files.size() ? describe(files.get(i)) : "nothing";
            String expected =
                    i < planned.slices().size() ? describe(planned.slices().get(i), files, i) : "nothing";
            if (!listed.equals(expected)) {
                findings.accept(new Finding(
                        place(sequence),
                        "is not the planned page " + planned.number() + ": it lists " + listed + " where " + expected
                                + " belongs"));
                same = false;
            }
        }
        if (!page.next().equals(planned.next())) {
            findings.accept(new Finding(
                    place(sequence),
                    "its page token is not the one behind page " + planned.number() + ": " + page.next()));
        }
    }

    private static String describe(DataFile file) {
        return file.name() + " of " + file.slice();
    }

    private String describe(Slice slice, List<DataFile> files, int index) {
        FileNaming known = naming;
        String name = known == null && index < files.size()
                ? files.get(index).name()
                : known == null ? "a file" : known.nameOf(slice);
        return name + " of " + slice;
    }

    /** Takes entries that could not be read for the pages that lack theirs, up to page {@code number}. */
    private void passUnread(long number) {
        while (token != null && unread > 0 && token.page() < number && !token.isExhausted()) {
            Page planned = Paginator.plan(token);
            visitor.unknown(planned);
            token = planned.next();
            unread--;
        }
    }

    private void complete(long sequence, Totals said) {
        passUnread(Long.MAX_VALUE);
        if (started != null && !started.isAll(said)) {
            findings.accept(new Finding(
                    place(sequence),
                    "says complete, but its totals do not add up to the "
                            + started.extent().size() + " offsets of the extent: " + said));
        }
        if (token != null && !token.isExhausted()) {
            findings.accept(new Finding(
                    place(sequence), "says complete, but the page before it leaves " + token.remaining() + " offsets"));
        }
        complete = true;
    }

    private void compareTotals(long sequence, @Nullable Totals expected, Totals listed) {
        if (expected != null && !listed.equals(expected)) {
            findings.accept(
                    new Finding(place(sequence), "its totals are " + listed + ", but its files add up to " + expected));
        }
    }

    private void notComplete(long last) {
        passUnread(Long.MAX_VALUE);
        String state;
        if (token == null) {
            state = "no checkpoint says complete";
        } else if (token.isExhausted()) {
            state = "all pages are committed, but " + place(last + 1) + ", which has to say complete, is missing";
        } else {
            state = "page " + token.page() + " is next, " + token.remaining() + " offsets remain";
        }
        findings.accept(new Finding("export " + log.exportId(), "not complete: " + state));
    }

    static String place(long sequence) {
        return "checkpoint " + sequence;
    }

    static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** The token of the page behind the last one in the log, or null if it cannot be known. */
    @Nullable
    PageToken next() {
        return token;
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
        return complete;
    }

    long entries() {
        return entries;
    }

    long pages() {
        return pages;
    }
}
