package io.pagewalk.internal.http.stream;

import io.pagewalk.error.ReadersBusyException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.http.record.RecordJson;
import io.pagewalk.http.record.Showing;
import io.pagewalk.internal.http.answer.Problems;
import io.pagewalk.internal.http.query.Decoders;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.stream.ReadAhead.Next;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.PageSequence;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages that are written while the ones behind them are read. The answer begins before the first record is there, so that what goes wrong later is
 * told in it, and by its missing end. Safe for use by any number of threads.
 */
public final class PageStreams implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** Who takes what was sent is told the end meanwhile. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String STOPS = "the server stops";

    private final int most;
    private final Semaphore free;
    private final Problems problems;
    private final RecordJson.Links links;
    private final Decoders decoders;
    private final Consumer<ListedPage> read;
    private final Map<ReadAhead, Exchange> underWay = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private final ExecutorService readers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "pagewalk-stream-reader");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Serves so many streams at a time.
     *
     * @param decoders read payloads that have schemas
     * @param read told of each page
     */
    public PageStreams(
            int most, Problems problems, RecordJson.Links links, Decoders decoders, Consumer<ListedPage> read) {
        this.most = most;
        this.free = new Semaphore(most);
        this.problems = problems;
        this.links = links;
        this.decoders = decoders;
        this.read = read;
    }

    /** How many are written at this moment. */
    public int underWay() {
        return most - free.availablePermits();
    }

    /**
     * Writes what is asked for.
     *
     * @throws ReadersBusyException if there are as many streams as there may be
     * @throws StoppedException if no stream begins any more
     * @throws IOException if the client has gone
     */
    public void write(Exchange exchange, ListingQuery query, PageSequence sequence) throws IOException {
        if (stopping) {
            sequence.close();
            throw new StoppedException(STOPS);
        }
        if (!free.tryAcquire()) {
            sequence.close();
            throw new ReadersBusyException("there are " + most + " streams already; try again in a moment");
        }
        ReadAhead ahead = new ReadAhead(sequence, query.all());
        underWay.put(ahead, exchange);
        try {
            readers.execute(ahead);
            write(exchange, query, ahead);
        } finally {
            ahead.abandon();
            underWay.remove(ahead);
            free.release();
        }
    }

    private void write(Exchange exchange, ListingQuery query, ReadAhead ahead) throws IOException {
        // What fails at once has a status of its own.
        Next first = next(ahead);
        if (first != null && first.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        exchange.header("Content-Type", query.format().type());
        exchange.header("Cache-Control", "no-store");
        OutputStream out = new BufferedOutputStream(exchange.stream(200), BUFFER_BYTES);
        StreamFormat format = format(query, out);
        try {
            format.begin();
            if (write(format, query.all(), ahead, first)) {
                format.end();
                out.close();
                return;
            }
        } catch (RuntimeException e) {
            format.fail(problems.of(e));
        } finally {
            if (first != null && first.page() != null) {
                first.page().close();
            }
        }
        exchange.abort();
    }

    /** Whether all was written. */
    private boolean write(StreamFormat format, boolean all, ReadAhead ahead, @Nullable Next first) throws IOException {
        Next next = first;
        while (true) {
            while (next == null) {
                next = next(ahead);
                if (next == null && ahead.isAbandoned()) {
                    next = new Next(null, new StoppedException(STOPS));
                } else if (next == null) {
                    format.waiting();
                }
            }
            if (next.failure() != null) {
                format.fail(problems.of(next.failure()));
                return false;
            }
            if (next.page() == null) {
                return true;
            }
            try (ListedPage page = next.page()) {
                read.accept(page);
                format.page(page, !all || page.next() == null);
            }
            next = null;
        }
    }

    private static @Nullable Next next(ReadAhead ahead) {
        try {
            return ahead.poll(SECOND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Next(null, e);
        }
    }

    private StreamFormat format(ListingQuery query, OutputStream out) throws IOException {
        RecordJson records = new RecordJson(query.formats(), links);
        // One record is there at a time: however many there are, each may come to what one may come to.
        Supplier<Showing> showings =
                () -> decoders.showing(query.formats(), query.limits().deadline(), Long.MAX_VALUE);
        return switch (query.format()) {
            case NDJSON -> new NdjsonStream(query, showings, records, out);
            case JSONL -> new JsonlStream(showings, records, out);
            case CSV -> new CsvStream(query, showings, out);
            case JSON -> throw new IllegalArgumentException("one document is no stream");
        };
    }

    /** Ends those that are under way: what they have not sent is told as missing, to whoever takes it. */
    @Override
    public void close() {
        stopping = true;
        underWay.keySet().forEach(ReadAhead::abandon);
        try {
            if (!free.tryAcquire(most, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                underWay.values().forEach(Exchange::hangUp);
            }
            readers.shutdown();
            readers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
