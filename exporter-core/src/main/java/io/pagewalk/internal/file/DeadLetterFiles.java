package io.pagewalk.internal.file;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetSet;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.DeadLetterSink;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Files of dead letters, in a folder of their export's own. They are lines of JSON whatever the format of the data files is,
 * because that one could not hold what does not fit into it.
 */
public final class DeadLetterFiles implements DeadLetterSink {
    private static final String EXTENSION = ".jsonl";

    private final Storage storage;
    private final String folder;
    private final FileNaming naming;
    private final FileSink.Gate gate;

    /**
     * @param folder where they go, relative to the storage's location
     * @param naming how the export calls its data files
     * @param gate asked before each publication
     */
    public DeadLetterFiles(Storage storage, String folder, FileNaming naming, FileSink.Gate gate) {
        this.storage = storage;
        this.folder = folder;
        this.naming = naming;
        this.gate = gate;
    }

    @Override
    public String nameOf(Slice slice) {
        String data = naming.fileOf(slice);
        String stem = data.substring(0, data.length() - naming.extension().length());
        return folder + "/" + stem + EXTENSION;
    }

    @Override
    public Optional<Found> find(Slice slice) throws IOException {
        String name = nameOf(slice);
        try (SeekableByteChannel channel = storage.open(name)) {
            storage.persist(name);
            // Read in full first: a disk that fails must not be taken for a file that is damaged.
            String checksum = FileChecksum.of(channel);
            OffsetSet offsets = offsets(slice, name, channel);
            return Optional.of(new Found(new DeadLetters(offsets.size(), channel.size(), checksum), offsets));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private OffsetSet offsets(Slice slice, String name, SeekableByteChannel channel) {
        LongStream.Builder offsets = LongStream.builder();
        try {
            DeadLetterReader.read(
                    channel, slice, letter -> offsets.add(letter.record().offset()));
            OffsetSet set = OffsetSet.of(offsets.build().toArray());
            if (set.isEmpty()) {
                throw new IOException("it holds no record");
            }
            return set;
        } catch (IOException e) {
            throw new UsageException(
                    storage.location() + "/" + name + " stands where the dead letters of " + slice
                            + " belong, but cannot be read: " + Reasons.describe(e) + "; move it away, and "
                            + naming.nameOf(slice) + " with it if there is one, and run again",
                    e);
        }
    }

    @Override
    public Writer open(Slice slice) throws IOException {
        String name = nameOf(slice);
        Storage.PendingFile file = storage.create(name);
        try {
            return new FileWriter(slice, name, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private final class FileWriter implements Writer {
        private final Slice slice;
        private final String name;
        private final Storage.PendingFile file;
        private final ChecksummedStream stream;
        private final DeadLetterEncoder encoder;
        private final LongStream.Builder offsets = LongStream.builder();

        FileWriter(Slice slice, String name, Storage.PendingFile file) throws IOException {
            this.slice = slice;
            this.name = name;
            this.file = file;
            this.stream = new ChecksummedStream(file.stream());
            this.encoder = new DeadLetterEncoder(stream);
        }

        @Override
        public void write(RecordView record, BadRecordException reason) throws IOException {
            encoder.write(new DeadLetter(record, reason.part().toString(), reason.kind()));
            offsets.add(record.offset());
        }

        @Override
        public Found commit() throws IOException {
            encoder.finish();
            gate.pass();
            try {
                file.publish();
            } catch (FileAlreadyExistsException e) {
                return find(slice)
                        .orElseThrow(() -> new ExportFailedException(
                                storage.location() + "/" + name
                                        + " vanished while it was being published; run again to resume",
                                e));
            }
            OffsetSet written = OffsetSet.of(offsets.build().toArray());
            return new Found(new DeadLetters(written.size(), stream.bytes(), stream.checksum()), written);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
