package io.pagewalk.run;

import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A log in memory that fails when it is told to. */
final class InMemoryCheckpointStore implements CheckpointStore {
    final List<byte[]> entries = new ArrayList<>();

    /** Told of every append, before it takes effect. */
    LongConsumer appending = sequence -> {};

    /** Fails an append before it takes effect. */
    @Nullable
    IOException failing;

    /** Loses the reply of an append that took effect. */
    @Nullable
    IOException losingReply;

    /** Fails every read. */
    @Nullable
    IOException unreadable;

    /** The number of an entry that is gone though later ones are there, or -1. */
    long missing = -1;

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        throwIfAny(unreadable);
        return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.size() - 1);
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        throwIfAny(unreadable);
        if (sequence >= entries.size() || sequence == missing) {
            throw new NoSuchFileException("entry " + sequence);
        }
        return entries.get((int) sequence).clone();
    }

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        appending.accept(sequence);
        throwIfAny(failing);
        if (sequence < entries.size()) {
            throw new FileAlreadyExistsException("entry " + sequence);
        }
        if (sequence > entries.size()) {
            throw new AssertionError("entry " + sequence + " would leave a break behind " + entries.size());
        }
        entries.add(entry.clone());
        throwIfAny(losingReply);
    }

    private static void throwIfAny(@Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {}
}
