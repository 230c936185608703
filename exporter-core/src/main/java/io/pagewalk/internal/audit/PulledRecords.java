package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.spi.FileFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets records be taken one by one from a source that hands them over all at once: the source runs on a thread of its own,
 * a few blocks ahead. Of each record its offset and its digest are kept.
 */
final class PulledRecords implements AutoCloseable {
    private static final int BLOCK = 1024;
    private static final int BLOCKS_AHEAD = 4;
    private static final long ALIVE_CHECK_MS = 500;
    /** Longer than any block takes. */
    private static final long END_MS = 10_000;

    record Item(long offset, Digest digest) {}

    /** A block, or how the source ended. */
    private record Message(List<Item> items, @Nullable Throwable failure, boolean last) {}

    private static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
    private final Thread thread;
    private volatile @Nullable Throwable died;
    private List<Item> block = List.of();
    private int taken;
    private boolean ended;

    /** @param source hands all records to the handler it is given, or throws */
    PulledRecords(RecordDigest digest, Consumer<FileFormat.RowHandler> source) {
        thread = new Thread(() -> run(digest, source), "pagewalk-audit");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(RecordDigest digest, Consumer<FileFormat.RowHandler> source) {
        try {
            handOver(digest, source);
        } catch (Closed e) {
            // Nobody takes records any more.
            return;
        } catch (Throwable e) {
            // There may be no memory to hand the failure over.
            died = e;
        }
    }

    private void handOver(RecordDigest digest, Consumer<FileFormat.RowHandler> source) {
        List<Item> filling = new ArrayList<>(BLOCK);
        Throwable failure = null;
        try {
            source.accept((record, key, value) -> {
                filling.add(new Item(record.offset(), digest.of(record, key, value)));
                if (filling.size() == BLOCK) {
                    put(new Message(List.copyOf(filling), null, false));
                    filling.clear();
                }
            });
        } catch (Closed e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        put(new Message(List.copyOf(filling), failure, true));
    }

    private void put(Message message) {
        try {
            queue.put(message);
        } catch (InterruptedException e) {
            throw new Closed();
        }
    }

    /** The next record, without taking it; null at the end. */
    @Nullable
    Item peek() {
        while (taken == block.size() && !ended) {
            Message message = next();
            if (message.failure instanceof PagewalkException known) {
                throw new ExportFailedException("cannot compare records: " + known.problem(), known.advice(), known);
            }
            if (message.failure != null) {
                throw new ExportFailedException(
                        "cannot compare records: " + Reasons.line(message.failure) + "; run again", message.failure);
            }
            block = message.items;
            taken = 0;
            ended = message.last;
        }
        return taken < block.size() ? block.get(taken) : null;
    }

    private Message next() {
        try {
            Message message = null;
            while (message == null) {
                // Before the look into the queue: what a thread that has ended has put is there by then.
                boolean alive = thread.isAlive();
                message = queue.poll(ALIVE_CHECK_MS, TimeUnit.MILLISECONDS);
                if (message == null && !alive) {
                    throw new ExportFailedException(
                            "cannot compare records: the thread that reads them has ended; run again", died);
                }
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportFailedException("interrupted while records were compared; run again", e);
        }
    }

    void take() {
        taken++;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
