package io.pagewalk.internal.pages;

import io.pagewalk.error.ReadersBusyException;
import io.pagewalk.internal.consumer.PageConsumers;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.page.PartitionFeed;
import io.pagewalk.internal.page.Terms;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.typed.OwnDecoder;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.model.PageToken;
import io.pagewalk.schema.Decoding;
import io.pagewalk.schema.PayloadDecoder;
import java.io.IOException;
import java.time.Duration;

/** What all who read pages share: the cluster, the readers, the memory. Safe for use by any number of threads. */
public final class PageRoom implements AutoCloseable {
    /** How long a reader, or memory, is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** However many partitions there are, records up to so many bytes are kept whole. */
    private static final long LEAST_RECORD_BYTES = 64 * 1024;

    private final Connection connection;
    private final PageConsumers readers;
    private final PageMemory memory;
    private final KnownTopics known = new KnownTopics();
    /** What each reader may hold if all are busy. */
    private final long share;

    public PageRoom(Connection connection, int mostReaders, long maxBytes) {
        this.connection = connection;
        this.readers = new PageConsumers(connection.settings("a listing"), mostReaders);
        this.memory = new PageMemory(maxBytes);
        this.share = Math.max(1, memory.size() / mostReaders);
    }

    /** Something that is asked of the cluster. */
    public interface Question<T> {
        T ask(KafkaCluster cluster, Waits waits) throws IOException;
    }

    /**
     * Asks the cluster something.
     *
     * @param stop ends waiting for the answer
     */
    public <T> T ask(StopSignal stop, Question<T> question) {
        Access access = connection.access(stop);
        return connection.ask(access, () -> {
            readers.endIdle();
            try (KafkaCluster cluster = connection.openCluster("a listing", stop, access.waits())) {
                return question.ask(cluster, access.waits());
            }
        });
    }

    /**
     * Memory for a page that is read: for what it may hold, and as much for what is known of the pages behind it.
     *
     * @throws ReadersBusyException if there was none in time
     */
    PageMemory.Share memoryFor(PageLimits limits) {
        long bytes = Math.min(limits.maxBytes(), Long.MAX_VALUE / 2);
        return memory.take(2 * bytes, PATIENCE)
                .orElseThrow(() -> new ReadersBusyException("the pages that are read, or wait to be taken, hold as"
                        + " many bytes as there is room for; try again in a moment"));
    }

    /** @throws ReadersBusyException if none was free in time */
    PartitionFeed reader(PageToken token, Waits waits) {
        return readers.lend(token, waits, PATIENCE)
                .orElseThrow(() -> new ReadersBusyException("all readers are busy; try again in a moment"));
    }

    /** Where batches may be so large that not many of them fit into a reader's share, fewer partitions are asked at the same time. */
    Terms terms(ListingToken token, RecordFilter filter, PageLimits limits, KafkaCluster cluster) {
        long atOnce = Math.max(1, share / Math.max(1, known.batchBytes(token.walk(), cluster)));
        return new Terms(limits.maxBytes(), limits.maxOffsets(), filter::matches, maxRecordBytes(token, limits), (int)
                Math.min(Integer.MAX_VALUE, atOnce));
    }

    /** By time, the next record of each partition is held: together no more than a page may have. */
    private static long maxRecordBytes(ListingToken token, PageLimits limits) {
        if (token.order() != Order.TIME || limits.maxRecordBytes() == Long.MAX_VALUE) {
            return limits.maxRecordBytes();
        }
        long each = limits.maxBytes() / token.walk().partitionCount();
        return Math.min(limits.maxRecordBytes(), Math.max(LEAST_RECORD_BYTES, each));
    }

    /** Whether a schema registry was named. */
    public boolean namesRegistry() {
        return connection.registry() != null;
    }

    /** Reads payloads that have schemas. */
    public PayloadDecoder decoder(Decoding decoding) {
        return OwnDecoder.of(decoding, connection.schemas());
    }

    /** What was asked about topics. */
    public KnownTopics known() {
        return known;
    }

    /** How many bytes pages hold together, at most. */
    public long memorySize() {
        return memory.size();
    }

    /** How many readers read at this moment. */
    public int busyReaders() {
        return readers.lent();
    }

    @Override
    public void close() {
        readers.close();
    }
}
