package io.pagewalk.internal.file;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Slice;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.Sink;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes each slice to a file of one format, directly in a storage's location. */
public final class FileSink implements Sink {
    private final Storage storage;
    private final FileFormat format;
    private final FileNaming naming;
    private final AskedTimes times;
    private final Gate gate;

    /** Asked before each publication. */
    @FunctionalInterface
    public interface Gate {
        /** Fails if nothing may be published any more. */
        void pass() throws IOException;
    }

    /**
     * @param naming how the files are called
     * @param times records dated outside of them are counted
     */
    public FileSink(Storage storage, FileFormat format, FileNaming naming, AskedTimes times, Gate gate) {
        this.storage = storage;
        this.format = format;
        this.naming = naming;
        this.times = times;
        this.gate = gate;
    }

    @Override
    public Optional<PublishedFile> find(Slice slice) throws IOException {
        String name = naming.nameOf(slice);
        try (SeekableByteChannel channel = storage.open(name)) {
            storage.persist(name);
            // Read in full first: a disk that fails must not be taken for a file that is damaged.
            String checksum = FileChecksum.of(channel);
            FileContent content = inspect(slice, name, channel);
            long outside = outside(slice, name, content, channel);
            return Optional.of(new PublishedFile(name, content, channel.size(), checksum, outside, true));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private FileContent inspect(Slice slice, String name, SeekableByteChannel channel) {
        FileContent content;
        try {
            content = format.inspect(channel);
        } catch (IOException e) {
            throw unreadable(slice, name, e);
        }
        FileContent.Bounds bounds = content.bounds();
        if (bounds != null
                && !(slice.range().contains(bounds.firstOffset())
                        && slice.range().contains(bounds.lastOffset())
                        && content.records() <= bounds.lastOffset() - bounds.firstOffset() + 1)) {
            throw new UsageException(place(name) + " stands where the file of " + slice + " belongs, but holds "
                    + content.records() + " records at offsets " + bounds.firstOffset() + " to " + bounds.lastOffset()
                    + "; move it away and run again");
        }
        return content;
    }

    /** Of a file that this run has not written itself: its timestamps are read only where its bounds do not tell. */
    private long outside(Slice slice, String name, FileContent content, SeekableByteChannel channel) {
        FileContent.Bounds bounds = content.bounds();
        if (bounds == null || (times.contains(bounds.minTimestamp()) && times.contains(bounds.maxTimestamp()))) {
            return 0;
        }
        long[] outside = {0};
        try {
            format.decode(channel, record -> outside[0] += times.contains(record.timestamp()) ? 0 : 1);
        } catch (IOException e) {
            throw unreadable(slice, name, e);
        }
        return outside[0];
    }

    private UsageException unreadable(Slice slice, String name, IOException e) {
        return new UsageException(
                place(name) + " stands where the file of " + slice + " belongs, but cannot be read: "
                        + Reasons.describe(e) + "; move it away and run again",
                e);
    }

    @Override
    public SliceWriter open(Slice slice) throws IOException {
        String name = naming.nameOf(slice);
        Storage.PendingFile file = storage.create(name);
        try {
            return new Writer(slice, name, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private String place(String name) {
        return storage.location() + "/" + name;
    }

    private final class Writer implements SliceWriter {
        private final Slice slice;
        private final String name;
        private final Storage.PendingFile file;
        private final ChecksummedStream stream;
        private final FileFormat.Encoder encoder;
        private long records;
        private long firstOffset;
        private long lastOffset;
        private long minTimestamp = Long.MAX_VALUE;
        private long maxTimestamp = Long.MIN_VALUE;
        private long outside;

        Writer(Slice slice, String name, Storage.PendingFile file) throws IOException {
            this.slice = slice;
            this.name = name;
            this.file = file;
            this.stream = new ChecksummedStream(file.stream());
            this.encoder = format.encoder(stream);
        }

        @Override
        public void write(RecordView record) throws IOException {
            encoder.write(record);
            if (records++ == 0) {
                firstOffset = record.offset();
            }
            lastOffset = record.offset();
            minTimestamp = Math.min(minTimestamp, record.timestamp());
            maxTimestamp = Math.max(maxTimestamp, record.timestamp());
            outside += times.contains(record.timestamp()) ? 0 : 1;
        }

        @Override
        public PublishedFile commit() throws IOException {
            encoder.finish();
            gate.pass();
            try {
                file.publish();
            } catch (FileAlreadyExistsException e) {
                return published(e);
            } catch (IOException e) {
                return publishedInSpiteOf(e);
            }
            return new PublishedFile(name, content(), stream.bytes(), stream.checksum(), outside, false);
        }

        private FileContent content() {
            FileContent.@Nullable Bounds bounds =
                    records == 0 ? null : new FileContent.Bounds(firstOffset, lastOffset, minTimestamp, maxTimestamp);
            return new FileContent(records, bounds);
        }

        private PublishedFile published(IOException failure) throws IOException {
            return find(slice)
                    .orElseThrow(() -> new ExportFailedException(
                            place(name) + " vanished while it was being published; run again to resume", failure));
        }

        /** The storage may have published the file before it failed. */
        private PublishedFile publishedInSpiteOf(IOException failure) throws IOException {
            Optional<PublishedFile> found;
            try {
                found = find(slice);
            } catch (IOException e) {
                failure.addSuppressed(e);
                throw failure;
            }
            if (found.isEmpty()) {
                throw failure;
            }
            return found.get();
        }

        @Override
        public void close() throws IOException {
            try {
                encoder.close();
            } finally {
                file.close();
            }
        }
    }
}
