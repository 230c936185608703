package io.pagewalk.internal.deadletter;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.deadletter.ListedLetters.Listed;
import io.pagewalk.internal.file.DeadLetterFiles;
import io.pagewalk.internal.file.DeadLetterReader;
import io.pagewalk.internal.file.FileChecksum;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.SliceReader.RecordHandler;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;

/** Reads files of dead letters that a log lists, and only such as it lists them. Safe for use by any number of threads. */
final class LetterFiles {
    /** What takes the records has failed, not the file. */
    private static final class HandlerFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException failure;

        HandlerFailure(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private final Storage output;
    private final DeadLetterFiles names;

    LetterFiles(Storage output, LogName log, FileNaming naming) {
        this.output = output;
        this.names = new DeadLetterFiles(output, OutputLayout.deadLetters(log), naming, () -> {});
    }

    /**
     * Hands over the records of a file that are of a slice, in ascending order of offsets.
     *
     * @throws IOException only what the handler throws
     * @throws UsageException if the file is not there, or not as listed
     * @throws ExportFailedException if it cannot be read
     */
    void read(Listed listed, Slice slice, RecordHandler handler) throws IOException {
        String name = names.nameOf(listed.slice());
        try (SeekableByteChannel channel = output.open(name)) {
            require(channel.size() == listed.letters().bytes(), name);
            require(FileChecksum.of(channel).equals(listed.letters().checksum()), name);
            DeadLetterReader.read(channel, listed.slice(), letter -> {
                if (slice.range().contains(letter.record().offset())) {
                    try {
                        handler.handle(letter.record());
                    } catch (IOException e) {
                        throw new HandlerFailure(e);
                    }
                }
            });
        } catch (HandlerFailure e) {
            throw e.failure;
        } catch (NoSuchFileException e) {
            throw new UsageException(place(name) + " is missing: put it back and run again", e);
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read " + place(name) + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
    }

    private void require(boolean asListed, String name) {
        if (!asListed) {
            throw new UsageException(
                    place(name) + " is not as the log of its export lists it, verify tells more: put the"
                            + " right one back and run again");
        }
    }

    private String place(String name) {
        return output.location() + "/" + name;
    }
}
