package io.pagewalk.internal.pages;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PageDeadlineException;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.page.PageListing;
import io.pagewalk.internal.page.PageReader;
import io.pagewalk.internal.page.PartitionFeed;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.PageSequence;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.ListingToken;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads pages one after the other, with the same reader as long as nobody else is given it. */
public final class ReadPages implements PageSequence {
    private final PageRoom room;
    private final RecordFilter filter;
    private final PageLimits limits;
    private final StopSignal stop = new StopSignal();
    private @Nullable ListingToken at;
    private @Nullable PartitionFeed feed;
    private @Nullable PageReader reader;

    public ReadPages(PageRoom room, ListingToken token, RecordFilter filter, PageLimits limits) {
        this.room = room;
        this.at = token;
        this.filter = filter;
        this.limits = limits;
    }

    @Override
    public boolean hasNext() {
        return at != null;
    }

    @Override
    public ListedPage next() {
        ListingToken token = at;
        if (token == null) {
            throw new NoSuchElementException();
        }
        PageMemory.Share memory = room.memoryFor(limits);
        try {
            PageListing listing = room.ask(stop, (cluster, waits) -> read(token, cluster, waits));
            at = listing.next() == null ? null : token.at(listing.next());
            memory.keep(listing.records().stream().mapToLong(RecordView::size).sum());
            return new ListedPage(token, listing.records(), listing.offsets(), listing.cut(), at, memory::release);
        } catch (RuntimeException | Error e) {
            memory.release();
            pause();
            throw e;
        }
    }

    private PageListing read(ListingToken token, KafkaCluster cluster, Waits waits) throws IOException {
        long deadline = waits.ticks().nanos() + limits.deadline().toNanos();
        if (reader == null) {
            PartitionFeed opened = room.reader(token.walk(), waits);
            feed = opened;
            reader = new PageReader(token, opened, room.terms(token, filter, limits, cluster), stop);
        }
        PageListing listing;
        try {
            listing = reader.read(() -> waits.ticks().nanos() - deadline > 0);
        } catch (DataLossException e) {
            throw e.ofSinglePage();
        } catch (ExportFailedException | PageDeadlineException e) {
            throwIfGone(token, cluster);
            throw e;
        }
        // A topic deleted and created again in the meantime would have given a mix.
        room.known().validate(token.walk(), cluster);
        return listing;
    }

    /** Of a topic that is gone nothing comes either. */
    private void throwIfGone(ListingToken token, KafkaCluster cluster) {
        try {
            room.known().validate(token.walk(), cluster);
        } catch (ExportFailedException e) {
            // That nothing came says it.
        }
    }

    @Override
    public void pause() {
        reader = null;
        if (feed != null) {
            feed.close();
            feed = null;
        }
    }

    @Override
    public void stop() {
        stop.request();
    }

    @Override
    public void close() {
        pause();
    }
}
