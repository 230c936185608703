package io.pagewalk.internal.page;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.Direction;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads single pages into memory, for people and scripts. Pages whose offsets hold no record are passed over, before the
 * page and behind it, so that no page is empty but that of a walk without records, and none trails.
 */
public final class PageReader {
    /** Ends a read early once it has shown that there is a record. */
    private static final class RecordSeen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RecordSeen() {
            super(null, null, false, false);
        }
    }

    private final SliceReader reader;
    private final long maxBytes;

    /**
     * @param reader reads the slices; not closed
     * @param maxBytes the most uncompressed bytes of keys, values and headers a page may hold
     */
    public PageReader(SliceReader reader, long maxBytes) {
        this.reader = reader;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads the token's page, or the first behind it that has a record.
     *
     * @throws UsageException if the page is over the byte cap; its message says how many records fit
     * @throws DataLossException if the log start has passed an offset of the page
     */
    public PageListing read(PageToken token) {
        PageToken left = token;
        List<RecordView> records = List.of();
        while (records.isEmpty() && !left.isExhausted()) {
            Page page = Paginator.plan(left);
            records = records(page, token.pageSize());
            left = page.next();
        }
        while (!left.isExhausted()) {
            Page page = Paginator.plan(left);
            if (hasRecord(page)) {
                return new PageListing(sorted(records, token.direction()), left);
            }
            left = page.next();
        }
        return new PageListing(sorted(records, token.direction()), null);
    }

    private List<RecordView> records(Page page, long pageSize) {
        List<RecordView> records = new ArrayList<>();
        long[] bytes = {0};
        for (Slice slice : joined(page)) {
            read(slice, record -> {
                bytes[0] += record.size();
                if (bytes[0] > maxBytes && pageSize > 1) {
                    long fitting = Math.max(1, Math.min(pageSize - 1, records.size()));
                    throw new UsageException("page " + page.number() + " holds more than " + maxBytes
                            + " bytes by " + slice.topicPartition() + " offset " + record.offset()
                            + "; begin anew with fewer records a page, such as " + fitting);
                }
                records.add(record.copy());
            });
        }
        return records;
    }

    private boolean hasRecord(Page page) {
        try {
            for (Slice slice : joined(page)) {
                read(slice, record -> {
                    throw new RecordSeen();
                });
            }
            return false;
        } catch (RecordSeen e) {
            return true;
        }
    }

    private void read(Slice slice, SliceReader.RecordHandler handler) {
        try {
            reader.read(slice, handler);
        } catch (DataLossException e) {
            throw e.ofSinglePage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page grants a partition adjoining slices only, so each partition is one read. */
    private static Collection<Slice> joined(Page page) {
        SortedMap<Integer, Slice> joined = new TreeMap<>();
        for (Slice slice : page.slices()) {
            joined.merge(slice.partition(), slice, (a, b) -> {
                long start = Math.min(a.range().start(), b.range().start());
                long end = Math.max(a.range().end(), b.range().end());
                return new Slice(a.topicPartition(), new OffsetRange(start, end));
            });
        }
        return joined.values();
    }

    private static List<RecordView> sorted(List<RecordView> records, Direction direction) {
        Comparator<RecordView> order = Comparator.<RecordView>comparingLong(RecordView::timestamp)
                .thenComparingInt(RecordView::partition)
                .thenComparingLong(RecordView::offset);
        return records.stream()
                .sorted(direction == Direction.ASC ? order : order.reversed())
                .toList();
    }
}
