package io.pagewalk;

import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.pages.PageRoom;
import io.pagewalk.internal.pages.ReadPages;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.PageSequence;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.listing.TopicDetails;
import io.pagewalk.listing.TopicSize;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.PageToken;
import io.pagewalk.schema.Decoding;
import io.pagewalk.schema.PayloadDecoder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;

/**
 * Reads topics page by page. A bounded number of readers, and of bytes that pages hold together, serve all who ask. A page holds its bytes
 * until it is closed, so close it once it was shown. Any thread may use it.
 *
 * <pre>{@code
 * try (Pagewalk pagewalk = Pagewalk.connect("broker:9092").open();
 *         Pages pages = pagewalk.pages(4, 256 << 20)) {
 *     ListingToken token = pages.first(ListingSpec.of("orders", 50), RecordFilter.ALL);
 *     while (token != null) {
 *         try (ListedPage page = pages.read(token, RecordFilter.ALL, PageLimits.ofBytes(4 << 20))) {
 *             page.records().forEach(record -> show(record));
 *             token = page.next();
 *         }
 *     }
 * }
 * }</pre>
 */
public final class Pages implements AutoCloseable {
    private final PageRoom room;

    Pages(Connection connection, int readers, long maxBytes) {
        this.room = new PageRoom(connection, readers, maxBytes);
    }

    /**
     * The token of a listing's first page. Freezes where it ends; stores nothing, the token has everything.
     *
     * @throws io.pagewalk.error.UsageException if the topic is not there, or has no such partition
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public ListingToken first(ListingSpec spec, RecordFilter filter) {
        return room.ask(
                new StopSignal(),
                (cluster, waits) -> ListingToken.first(cluster.freeze(spec), spec.order(), filter.digest()));
    }

    /**
     * Reads the page of a token: the records that come next in the listing, as many as it says, over all gaps between them, unless a limit
     * comes before. The same token gives the same page, as long as its records are there and its time is long enough.
     *
     * @param filter which records are listed: that of the token
     * @throws io.pagewalk.error.TopicChangedException if the token is not of that cluster's topic of that name
     * @throws io.pagewalk.error.DataLossException if records of the page are gone
     * @throws io.pagewalk.error.PageDeadlineException if the time was over before anything had come
     * @throws io.pagewalk.error.ReadersBusyException if neither reader nor memory was free within a second
     * @throws IllegalArgumentException if the token has another filter
     */
    public ListedPage read(ListingToken token, RecordFilter filter, PageLimits limits) {
        try (PageSequence sequence = sequence(token, filter, limits)) {
            return sequence.next();
        }
    }

    /**
     * The pages from a token on, one after the other. Nothing is read yet.
     *
     * @param filter which records are listed: that of the token
     * @throws IllegalArgumentException if the token has another filter
     */
    public PageSequence sequence(ListingToken token, RecordFilter filter, PageLimits limits) {
        if (token.filter() != filter.digest()) {
            throw new IllegalArgumentException("the token has another filter");
        }
        return new ReadPages(room, token, filter, limits);
    }

    /**
     * Checks that a token is of its cluster's topic of that name, and that this may be seen; what was checked in the last five seconds is
     * believed.
     *
     * @throws io.pagewalk.error.TopicChangedException if it is not
     */
    public void validate(ListingToken token) {
        room.ask(new StopSignal(), (cluster, waits) -> {
            room.known().validateUnlessJustDone(token.walk(), cluster);
            return true;
        });
    }

    /**
     * Reads payloads that have schemas, of one page: make another one for each.
     *
     * @throws io.pagewalk.error.UsageException if a schema registry is needed and was not named, or a schema that is given cannot be used
     */
    public PayloadDecoder decoder(Decoding decoding) {
        return room.decoder(decoding);
    }

    /** Whether a schema registry was named where this connects, so that payloads can be read by the schemas that they name. */
    public boolean namesSchemaRegistry() {
        return room.namesRegistry();
    }

    /**
     * How many offsets the topic has got since a listing was frozen, in the listing's partitions: those behind where it ends.
     *
     * @param first the token of the listing's first page
     * @throws io.pagewalk.error.TopicChangedException if it is not of that cluster's topic of that name
     */
    public long newer(ListingToken first) {
        PageToken walk = first.walk();
        return room.ask(new StopSignal(), (cluster, waits) -> {
            // Not as it was a moment ago: offsets of a topic that was made anew since would say that nothing is newer.
            room.known().validate(walk, cluster);
            Map<Integer, Long> ends = new HashMap<>();
            for (TopicDetails.Partition partition :
                    cluster.details(walk.topic()).partitions()) {
                boolean committed = walk.isolationLevel() == IsolationLevel.READ_COMMITTED;
                ends.put(partition.partition(), committed ? partition.lastStableOffset() : partition.highWatermark());
            }
            long newer = 0;
            for (int i = 0; i < walk.partitionCount(); i++) {
                long frozen = walk.remaining(i).end();
                newer += Math.max(0, ends.getOrDefault(walk.partition(i), frozen) - frozen);
            }
            return newer;
        });
    }

    /**
     * How much topics have now; asked of many topics at a time.
     *
     * @return by topic; without those of which the cluster does not tell, such as one that is not there
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public Map<String, TopicSize> overview(Collection<String> topics) {
        return room.ask(new StopSignal(), (cluster, waits) -> cluster.overview(topics));
    }

    /** How many bytes pages hold together, at most. */
    public long memory() {
        return room.memorySize();
    }

    /** How many pages are read at this moment. */
    public int busyReaders() {
        return room.busyReaders();
    }

    /** Ends the readers; those that read at this moment end when they have. */
    @Override
    public void close() {
        room.close();
    }
}
