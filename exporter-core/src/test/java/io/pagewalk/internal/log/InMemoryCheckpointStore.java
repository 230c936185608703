package io.pagewalk.internal.log;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A log in memory that fails when it is told to. */
public final class InMemoryCheckpointStore implements CheckpointStore {
    public final List<byte[]> entries = new ArrayList<>();

    /** Told of every append, before it takes effect. */
    public LongConsumer appending = sequence -> {};

    /** Each fails an append, before it takes effect. */
    public final Deque<IOException> failures = new ArrayDeque<>();

    /** Fails every append that took effect. */
    boolean losingReplies;

    /** Replaces entries, as no store may. */
    boolean overwriting;

    /** Fails every read. */
    @Nullable
    IOException unreadable;

    /** The number of an entry that is gone though later ones are there, or -1. */
    long missing = -1;

    /** The largest entry it takes, in bytes. */
    public long room = Long.MAX_VALUE;

    /** Run by whoever takes the log over, before it does; null if the store knows no owners. */
    @Nullable
    public Runnable takingOver;

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        requireReadable();
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.size() - 1);
    }

    @Override
    public long[] sequences() throws IOException {
        requireReadable();
        return LongStream.range(0, entries.size())
                .filter(sequence -> sequence != missing)
                .toArray();
    }

    @Override
    public void remove(long sequence) {
        if (sequence != entries.size() - 1) {
            throw new UnsupportedOperationException();
        }
        entries.remove(entries.size() - 1);
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        requireReadable();
        if (sequence >= entries.size() || sequence == missing) {
            throw new NoSuchFileException("entry " + sequence);
        }
        return entries.get((int) sequence).clone();
    }

    @Override
    public void requireRoom(long bytes) {
        if (bytes > room) {
            throw new UsageException("entries may come to " + bytes + " bytes");
        }
    }

    @Override
    public boolean takeOver() {
        if (takingOver == null) {
            return false;
        }
        takingOver.run();
        return true;
    }

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        appending.accept(sequence);
        IOException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (sequence > entries.size()) {
            throw new IOException("entry " + (sequence - 1) + " is missing");
        }
        if (overwriting) {
            return;
        }
        if (sequence < entries.size()) {
            throw new FileAlreadyExistsException("entry " + sequence);
        }
        entries.add(entry.clone());
        if (losingReplies) {
            throw new IOException("reply lost");
        }
    }

    private void requireReadable() throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
    }
}
