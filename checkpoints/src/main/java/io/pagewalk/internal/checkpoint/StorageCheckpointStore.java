package io.pagewalk.internal.checkpoint;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.storage.StorageNames;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import io.pagewalk.spi.Storage.StoredFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log with a file for each entry, named by its number in 20 digits, in a directory of a {@link Storage}. Other files in
 * the directory do not matter.
 *
 * <p>An entry is published only once the one before it is durable; so where the last one is durable, all are.
 */
public final class StorageCheckpointStore implements CheckpointStore {
    private static final Pattern ENTRY = Pattern.compile("00[0-9]{18}\\.json");
    private static final int DIGITS = 20;
    private static final int MAX_ENTRY_BYTES = 256 * 1024 * 1024;

    private final Storage storage;
    private final String directory;
    private long lastDurable = -1;
    /** Entry 0 as this run has read or written it, by which it knows its log. */
    private byte @Nullable [] begun;
    /** As they were listed last, so that a store need not be asked. Entries are write-once, but an export may be deleted. */
    private volatile Map<Long, Long> sizes = Map.of();

    /** @param directory the log's directory in the storage; created with the first entry */
    public StorageCheckpointStore(Storage storage, String directory) {
        this.storage = storage;
        this.directory = StorageNames.check(directory);
    }

    @Override
    public String location() {
        return storage.location() + "/" + directory;
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        long[] found = sequences();
        if (found.length == 0) {
            return OptionalLong.empty();
        }
        long last = found[found.length - 1];
        requireUnbroken(found);
        storage.persist(name(last));
        lastDurable = last;
        return OptionalLong.of(last);
    }

    @Override
    public long[] sequences() throws IOException {
        Map<Long, Long> found = new HashMap<>();
        for (StoredFile file : storage.list(directory)) {
            String name = fileName(file);
            if (ENTRY.matcher(name).matches()) {
                found.put(sequence(name), file.size());
            }
        }
        sizes = found;
        return found.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** What a listing leaves out is not missing yet: it may have come up while the listing was made. */
    private void requireUnbroken(long[] found) throws IOException {
        long expected = 0;
        for (long sequence : found) {
            for (; expected < sequence; expected++) {
                try {
                    storage.persist(name(expected));
                } catch (NoSuchFileException e) {
                    throw new UsageException(
                            "the checkpoint log " + location() + " is broken: " + fileName(expected)
                                    + " is missing, though " + fileName(sequence)
                                    + " is there"
                                    + (expected == 0 ? " (if its export was being deleted, delete it again)" : ""),
                            Advice.RESTORE_THE_LOG,
                            e);
                }
            }
            expected++;
        }
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        Long listed = sizes.get(sequence);
        if (listed != null && listed > 0 && listed <= MAX_ENTRY_BYTES) {
            byte[] entry = read(name(sequence), Math.toIntExact(listed));
            if (entry[entry.length - 1] == '\n') {
                return begun(sequence, entry);
            }
        }
        return readWhole(sequence);
    }

    /** What is not all of the entry ends without a line break. */
    private byte[] read(String name, int size) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(size);
        try (SeekableByteChannel channel = storage.open(name, size)) {
            int read = 0;
            while (entry.hasRemaining() && read >= 0) {
                read = channel.read(entry);
            }
        } catch (EOFException e) {
            // It is another one meanwhile.
            return entry.array();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw cannotRead(name, e);
        }
        return entry.array();
    }

    private byte[] begun(long sequence, byte[] entry) {
        if (sequence == 0 && begun == null) {
            begun = entry.clone();
        }
        return entry;
    }

    private byte[] readWhole(long sequence) throws IOException {
        String name = name(sequence);
        try (SeekableByteChannel channel = storage.open(name)) {
            long size = channel.size();
            if (size > MAX_ENTRY_BYTES) {
                throw new IOException("its " + size + " bytes are too many for a checkpoint");
            }
            ByteBuffer entry = ByteBuffer.allocate((int) size);
            while (entry.hasRemaining()) {
                if (channel.read(entry) < 0) {
                    throw new IOException("it ends after " + entry.position() + " of " + size + " bytes");
                }
            }
            return begun(sequence, entry.array());
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw cannotRead(name, e);
        }
    }

    private IOException cannotRead(String name, IOException e) {
        return new IOException("cannot read " + storage.location() + "/" + name + ": " + e.getMessage(), e);
    }

    @Override
    public void requireRoom(long bytes) {
        if (bytes > MAX_ENTRY_BYTES) {
            throw new UsageException(
                    "a checkpoint may come to " + bytes + " bytes, and " + location() + " takes at most "
                            + MAX_ENTRY_BYTES,
                    Advice.MAKE_CHECKPOINTS_SMALLER);
        }
    }

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        String name = name(sequence);
        if (sequence > 0 && lastDurable != sequence - 1) {
            requireDurable(sequence - 1);
        }
        try (PendingFile file = storage.create(name)) {
            file.stream().write(entry);
            file.publish();
        } catch (FileAlreadyExistsException e) {
            storage.persist(name);
            requireBegun();
            throw e;
        }
        if (sequence == 0) {
            begun = entry.clone();
        } else {
            requireBegunOrTakeBack(sequence, entry);
        }
        lastDurable = sequence;
    }

    /**
     * A deletion takes entry 0 first, and where locks do not tell who is alive it may meet a run at work. An entry that was added
     * before entry 0 went is one that the deletion finds; one that was added later is taken back, if it is still the one that
     * this run wrote.
     */
    private void requireBegunOrTakeBack(long sequence, byte[] entry) throws IOException {
        try {
            requireBegun();
        } catch (UsageException e) {
            try {
                if (Arrays.equals(read(sequence), entry)) {
                    storage.delete(name(sequence));
                }
            } catch (NoSuchFileException gone) {
                e.addSuppressed(gone);
            }
            throw e;
        }
    }

    /** Any other entry 0 than this run's begins another log. */
    private void requireBegun() throws IOException {
        byte[] known = begun;
        byte[] first;
        try {
            first = known == null ? readWhole(0) : readAgain(known);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "the checkpoint log " + location()
                            + " was deleted while this run was at work; this run stops, and no run uses what it has"
                            + " published since",
                    e);
        }
        if (known != null && !Arrays.equals(first, known)) {
            throw new UsageException("the checkpoint log " + location()
                    + " was deleted and begun anew while this run was at work; this run stops, and no run uses what"
                    + " it has published since");
        }
    }

    /** What it is compared with tells its size; anything but the same is looked at more closely. */
    private byte[] readAgain(byte[] known) throws IOException {
        byte[] entry = read(name(0), known.length);
        return Arrays.equals(entry, known) ? known : readWhole(0);
    }

    private void requireDurable(long sequence) throws IOException {
        try {
            storage.persist(name(sequence));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "cannot append to the checkpoint log " + location() + ": " + fileName(sequence) + " is missing", e);
        }
    }

    @Override
    public void remove(long sequence) throws IOException {
        storage.delete(name(sequence));
        lastDurable = -1;
    }

    private String name(long sequence) {
        return directory + "/" + fileName(sequence);
    }

    private static String fileName(long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("not the number of an entry: " + sequence);
        }
        String digits = Long.toString(sequence);
        return "0".repeat(DIGITS - digits.length()) + digits + ".json";
    }

    private String fileName(StoredFile file) {
        return file.name().substring(directory.length() + 1);
    }

    private static long sequence(String fileName) {
        return Long.parseLong(fileName, 0, DIGITS, 10);
    }
}
