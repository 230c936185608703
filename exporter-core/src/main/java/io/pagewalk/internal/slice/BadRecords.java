package io.pagewalk.internal.slice;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetterSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of records that do not fit into the files of their export: some parts may not fit, and their records are set
 * aside, so many a page; any other one ends the run. Nothing of this is pinned: whoever was stopped can run again with
 * another answer. Safe for use by any number of threads.
 */
public final class BadRecords {
    private final DeadLetterSink sink;
    private final Set<BadRecordException.Part> parts;
    private final long mostInPage;

    /**
     * @param sink where records are set aside
     * @param parts a record is set aside if it is one of these that does not fit; none if every such record ends the run
     * @param mostInPage how many records of a page may be set aside
     */
    public BadRecords(DeadLetterSink sink, Set<BadRecordException.Part> parts, long mostInPage) {
        this.sink = sink;
        this.parts = Set.copyOf(parts);
        this.mostInPage = mostInPage;
    }

    /** For an attempt on a slice, which knows by then whether the slice's data file is there. */
    SliceBadRecords of(Slice slice) throws IOException {
        Optional<DeadLetterSink.Found> found = sink.find(slice);
        if (found.isPresent() && parts.isEmpty()) {
            throw new FormatMismatchException(
                    slice + ": an earlier run has set "
                            + count(found.get().letters().records()) + " aside, in " + sink.nameOf(slice),
                    Advice.SET_RECORDS_ASIDE);
        }
        return new SliceBadRecords(slice, this, found.orElse(null));
    }

    DeadLetterSink sink() {
        return sink;
    }

    boolean setsAside(BadRecordException record) {
        return parts.contains(record.part());
    }

    /** @param last the offset of the one that was met just now, and {@code reason} why it does not fit */
    void requireFew(Slice slice, long inSlice, long last, BadRecordException reason) {
        if (inSlice > mostInPage) {
            throw new FormatMismatchException(
                    slice + ": more than " + count(mostInPage) + " would have to be set aside, the last at offset "
                            + last
                            + " (its " + reason.part() + ": " + reason.kind() + ")",
                    Advice.SET_MORE_RECORDS_ASIDE,
                    reason);
        }
    }

    /**
     * To be called before a page is committed: how many are allowed does not depend on which slice was faster.
     *
     * @throws FormatMismatchException if too many of its records were set aside
     */
    public void requireFew(Page page, List<DataFile> files) {
        long aside = files.stream().mapToLong(DataFile::setAside).sum();
        if (aside > mostInPage) {
            DataFile first = files.stream()
                    .filter(file -> file.setAside() > 0)
                    .findFirst()
                    .orElseThrow();
            throw new FormatMismatchException(
                    "page " + page.number() + " of "
                            + first.slice().topicPartition().topic() + ": " + count(aside)
                            + " were set aside, more than the " + mostInPage
                            + " that may be; the first are in " + sink.nameOf(first.slice()),
                    Advice.SET_MORE_RECORDS_ASIDE);
        }
    }

    private static String count(long records) {
        return records + (records == 1 ? " record" : " records");
    }
}
