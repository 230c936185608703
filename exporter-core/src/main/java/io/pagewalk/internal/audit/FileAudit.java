package io.pagewalk.internal.audit;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.internal.file.FileChecksum;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks data files against the lines that list them. */
final class FileAudit {
    private final Storage output;
    private final Consumer<Finding> findings;

    FileAudit(Storage output, Consumer<Finding> findings) {
        this.output = output;
        this.findings = findings;
    }

    /**
     * Checks size, checksum and, if the format is known, what the file says it holds.
     *
     * @param size the file's size by the listing of the output, or null if it was not there
     * @return whether all is as recorded; otherwise there is one finding
     */
    boolean check(DataFile file, long sequence, @Nullable Long size, @Nullable FileFormat format) {
        String problem;
        if (size == null) {
            problem = "missing";
        } else {
            try (AuditedChannel channel = new AuditedChannel(output.open(file.name()))) {
                problem = problem(file, channel, format);
            } catch (NoSuchFileException e) {
                problem = "missing";
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        if (problem == null) {
            return true;
        }
        findings.accept(new Finding(file.name(), problem + "; " + LogWalk.place(sequence) + " lists it"));
        return false;
    }

    private @Nullable String problem(DataFile file, AuditedChannel channel, @Nullable FileFormat format)
            throws IOException {
        if (channel.size() != file.bytes()) {
            return "it has " + channel.size() + " bytes instead of " + file.bytes();
        }
        String checksum = FileChecksum.of(channel);
        if (!checksum.equals(file.checksum())) {
            return "its checksum is " + checksum + " instead of " + file.checksum();
        }
        return format == null ? null : contentProblem(file, channel, format);
    }

    private static @Nullable String contentProblem(DataFile file, AuditedChannel channel, FileFormat format)
            throws IOException {
        FileContent content;
        try {
            content = format.inspect(channel);
        } catch (IOException e) {
            channel.requireReadable();
            return Reasons.describe(e);
        }
        return content.equals(file.content())
                ? null
                : "it holds " + RecordCheck.describe(content) + " instead of " + RecordCheck.describe(file.content());
    }

    /**
     * Decodes all records of a file that is as recorded.
     *
     * @param times what the export asked for
     * @param digest takes the records, too
     * @param aside the offsets that were set aside, which the file has to lack
     * @return whether all is well; otherwise there is one finding
     */
    boolean decode(
            DataFile file,
            FileFormat format,
            PayloadFormats payloads,
            AskedTimes times,
            SliceDigest digest,
            Set<Long> aside) {
        RecordCheck check = new RecordCheck(file.slice(), payloads, times, digest, aside);
        String problem =
                Optional.ofNullable(decode(file, format, check)).orElse(check.problem(file.content(), file.outside()));
        if (problem != null) {
            findings.accept(new Finding(file.name(), problem));
        }
        return problem == null;
    }

    private @Nullable String decode(DataFile file, FileFormat format, SliceReader.RecordHandler handler) {
        try (AuditedChannel channel = new AuditedChannel(output.open(file.name()))) {
            try {
                format.decode(channel, handler);
                return null;
            } catch (IOException e) {
                channel.requireReadable();
                return Reasons.describe(e);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Decodes a file once more, which was found well before. */
    void decodeAgain(DataFile file, FileFormat format, SliceReader.RecordHandler handler) {
        try (SeekableByteChannel channel = output.open(file.name())) {
            format.decode(channel, handler);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private ExportFailedException unreadable(DataFile file, IOException e) {
        return new ExportFailedException(
                "cannot read " + output.location() + "/" + file.name() + ": " + Reasons.describe(e)
                        + "; fix that and run again",
                e);
    }
}
