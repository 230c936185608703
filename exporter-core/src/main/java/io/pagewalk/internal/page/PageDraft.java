package io.pagewalk.internal.page;

import io.pagewalk.listing.PageCut;
import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page that is being filled. */
final class PageDraft {
    private final long maxRecords;
    private final long maxBytes;
    private final List<RecordView> records = new ArrayList<>();
    private long bytes;
    private @Nullable PageCut cut;

    PageDraft(long maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /** Takes the next record of a share if it has room for it; if not, the page ends before it. */
    boolean takeFrom(Share share, RecordView next) {
        if (!records.isEmpty() && bytes + next.size() > maxBytes) {
            cut = PageCut.BYTES;
            return false;
        }
        records.add(share.take());
        bytes += next.size();
        if (records.size() >= maxRecords) {
            cut = PageCut.RECORDS;
        }
        return true;
    }

    /** It ends here. */
    void end(PageCut why) {
        cut = why;
    }

    boolean isEnded() {
        return cut != null;
    }

    /** Why it ended; null as long as it has not. */
    @Nullable
    PageCut cut() {
        return cut;
    }

    List<RecordView> records() {
        return records;
    }

    /** How many records it has room for. */
    long missing() {
        return Math.max(1, maxRecords - records.size());
    }
}
