package io.pagewalk.internal.audit;

import io.pagewalk.audit.Finding;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.LostRanges;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log as it has to be, by the entries that could be read so far: plans every page anew from the token before it, and adds up
 * what the files say. An entry that says something else is a finding.
 */
final class PlannedLog {
    /** A stray name must not send the walk through all pages of a made-up extent. */
    private static final long MOST_UNREAD = 100_000;

    private final LogName log;
    private final int run;
    private final LogWalk.Visitor visitor;
    private final Consumer<Finding> findings;

    private @Nullable FileNaming naming;
    /** The token of the next page; null where it cannot be known. */
    private @Nullable PageToken token;
    /** So far; null if the entry before cannot be read. */
    private @Nullable Totals totals = Totals.NONE;
    /** What is on record as lost so far; incomplete behind an entry that cannot be read. */
    private final LostRanges lost = new LostRanges();

    private SortedMap<Integer, Long> gaps = new TreeMap<>();
    /** Whether all entries so far could be read. */
    private boolean gapless = true;
    /** Entries that could not be read, and that no page is known to have committed. */
    private long unread;

    private boolean complete;
    private Checkpoint.@Nullable Start started;
    private long pages;

    PlannedLog(LogName log, int run, LogWalk.Visitor visitor, Consumer<Finding> findings) {
        this.log = log;
        this.run = run;
        this.visitor = visitor;
        this.findings = findings;
    }

    /** The next entries, so many, cannot be read. */
    void lose(long count) {
        unread = Math.min(MOST_UNREAD, unread + count);
        totals = null;
        gapless = false;
    }

    void start(Checkpoint.Start start) {
        PageToken first = start.next();
        if (!first.equals(PageToken.first(start.extent(), first.direction(), first.pageSize(), first.sliceSize()))
                && !isOfNothing(start)) {
            findings.accept(
                    new Finding(LogWalk.place(0), "its page token is not that of the first page of its extent"));
        }
        if (start.naming().generation() != log.generation()) {
            findings.accept(new Finding(
                    LogWalk.place(0),
                    "it is of generation " + start.naming().generation() + ", but the log is that of generation "
                            + log.generation()));
        }
        if (start.series().number() != run) {
            findings.accept(new Finding(
                    LogWalk.place(0),
                    "it is of run " + start.series().number() + ", but the log is that of run " + run));
        }
        token = first;
        started = start;
        naming = start.naming();
        visitor.started(start);
        totals = start.totals();
    }

    /** A window without offsets needs no file where files of all windows are in one directory. */
    private static boolean isOfNothing(Checkpoint.Start start) {
        PageToken first = start.next();
        return start.options().window() != null
                && start.naming().directory().isEmpty()
                && start.extent().size() == 0
                && first.equals(
                        PageToken.ofNothing(start.extent(), first.direction(), first.pageSize(), first.sliceSize()));
    }

    void page(long sequence, Checkpoint.PageCommit page) {
        pages++;
        passUnread(page.page());
        PageToken from = token;
        if (from == null || from.isExhausted()) {
            if (from != null) {
                findings.accept(new Finding(LogWalk.place(sequence), "commits a page though nothing was left"));
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
                        LogWalk.place(sequence),
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
                    LogWalk.place(sequence),
                    "its gaps are " + page.gaps() + ", but those of the files come to " + gaps));
        }
        gaps = new TreeMap<>(page.gaps());
        token = page.next();
        totals = page.totals();
    }

    void loss(long sequence, Checkpoint.Loss loss) {
        long more = 0;
        for (LostRange range : loss.ranges()) {
            if (lost.sizeWithin(range.partition(), range.range()) > 0) {
                findings.accept(new Finding(
                        LogWalk.place(sequence),
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
        totals = loss.totals();
    }

    void schemas(long sequence, Checkpoint.Schemas schemas) {
        if (totals != null) {
            compareTotals(sequence, totals, schemas.totals());
        }
        totals = schemas.totals();
        visitor.met(schemas.met());
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
                        LogWalk.place(sequence),
                        "is not the planned page " + planned.number() + ": it lists " + listed + " where " + expected
                                + " belongs"));
                same = false;
            }
        }
        if (!page.next().equals(planned.next())) {
            findings.accept(new Finding(
                    LogWalk.place(sequence),
                    "its page token is not the one after page " + planned.number() + ": " + page.next()));
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

    void complete(long sequence, Totals said) {
        passUnread(Long.MAX_VALUE);
        if (started != null && !started.isAll(said)) {
            findings.accept(new Finding(
                    LogWalk.place(sequence),
                    "says complete, but its totals do not add up to the "
                            + started.extent().size() + " offsets of the extent: " + said));
        }
        if (token != null && !token.isExhausted()) {
            findings.accept(new Finding(
                    LogWalk.place(sequence),
                    "says complete, but the page before it leaves " + token.remaining() + " offsets"));
        }
        complete = true;
        compareTotals(sequence, totals, said);
        totals = said;
    }

    private void compareTotals(long sequence, @Nullable Totals expected, Totals listed) {
        if (expected != null && !listed.equals(expected)) {
            findings.accept(new Finding(
                    LogWalk.place(sequence), "its totals are " + listed + ", but its files add up to " + expected));
        }
    }

    void notComplete(long last) {
        passUnread(Long.MAX_VALUE);
        String state;
        if (token == null) {
            state = "no checkpoint says complete";
        } else if (token.isExhausted()) {
            state = "all pages are committed, but " + LogWalk.place(last + 1)
                    + ", which has to say complete, is missing";
        } else {
            state = "page " + token.page() + " is next, " + token.remaining() + " offsets remain";
        }
        findings.accept(new Finding("export " + log.exportId(), "not complete: " + state));
    }

    /** Whether all entries so far could be read. */
    boolean isGapless() {
        return gapless;
    }

    /** Whether an entry has said so. */
    boolean isComplete() {
        return complete;
    }

    /** The token of the page behind the last one in the log, or null if it cannot be known. */
    @Nullable
    PageToken next() {
        return token;
    }

    /** What the entries come to, by the last one; none if it cannot be read. */
    Totals totals() {
        return totals == null ? Totals.NONE : totals;
    }

    long pages() {
        return pages;
    }
}
