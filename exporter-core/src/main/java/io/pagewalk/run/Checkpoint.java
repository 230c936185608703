package io.pagewalk.run;

import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.spi.DataFile;
import java.time.Instant;
import java.util.List;

/**
 * One entry of an export's log. Entry 0 starts the export, every page has one entry, and the last says complete; so a
 * page's number is its entry's sequence. The log is also the manifest of the output.
 *
 * @param sequence the entry's number, from 0
 * @param exportId the export the log belongs to
 * @param topic the exported topic
 * @param origin the run that committed the entry
 * @param committedAt when it did, by its own clock
 * @param previous the checksum of the entry before, empty for entry 0
 * @param body what the entry says
 */
public record Checkpoint(
        long sequence, String exportId, String topic, Origin origin, Instant committedAt, String previous, Body body) {
    /** What an entry says. */
    public sealed interface Body permits Start, PageCommit, Complete {
        /** What is committed once this entry is. */
        Totals totals();
    }

    /**
     * The export exists.
     *
     * @param extent what it covers
     * @param options what it keeps to
     * @param frozenAt when the extent was frozen
     * @param next the token of page 1
     */
    public record Start(Extent extent, PinnedOptions options, Instant frozenAt, PageToken next) implements Body {
        @Override
        public Totals totals() {
            return Totals.NONE;
        }
    }

    /**
     * A page is committed.
     *
     * @param files one a slice, in the page's order
     * @param totals this page included
     * @param next the token of what remains
     */
    public record PageCommit(List<DataFile> files, Totals totals, PageToken next) implements Body {
        public PageCommit {
            files = List.copyOf(files);
        }

        /** The page's number, from 1. */
        public long page() {
            return next.page() - 1;
        }
    }

    /** Nothing remains. */
    public record Complete(Totals totals) implements Body {}
}
