package io.pagewalk.internal.audit;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.execution.AuditFormats;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.internal.file.FileChecksum;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks data files of one run against what lists them, by the files alone. */
public final class FileAudit {
    static final String MISSING = "missing";

    private final Storage output;
    private final AuditWork run;
    private final @Nullable AuditFormats formats;

    /**
     * @param output where the files are
     * @param opening makes what they are read with from what was pinned; its exceptions are thrown here
     */
    public FileAudit(Storage output, AuditWork run, Function<AuditWork.Pinned, AuditFormats> opening) {
        this.output = output;
        this.run = run;
        this.formats = run.pinned() == null ? null : opening.apply(run.pinned());
    }

    AuditWork run() {
        return run;
    }

    /** Whether files can be decoded. */
    boolean knowsRecords() {
        return formats != null;
    }

    /** A digest of records as the files keep them. */
    RecordDigest newDigest() {
        return new RecordDigest(formats().files(), formats().payloads());
    }

    private AuditFormats formats() {
        return Objects.requireNonNull(formats, "the format of the files is not known");
    }

    private AuditWork.Pinned pinned() {
        return Objects.requireNonNull(run.pinned(), "the format of the files is not known");
    }

    /**
     * Checks size, checksum and, if the format is known, what the file says it holds; and then its records, if they are asked for.
     *
     * @throws ExportFailedException if the file cannot be read
     */
    public FileOutcome check(FileWork work) {
        return check(work, work.deep() ? new SliceDigest(newDigest(), 0) : null);
    }

    /** @param digest takes the records, which are not looked at if it is null */
    FileOutcome check(FileWork work, @Nullable SliceDigest digest) {
        String problem = problem(work.file());
        if (problem != null || digest == null) {
            return new FileOutcome(problem, null);
        }
        RecordCheck check =
                new RecordCheck(work.file().slice(), formats().payloads(), pinned().times(), digest, work.aside());
        problem = decode(work.file(), check);
        if (problem == null) {
            problem = check.problem(work.file().content(), work.file().outside());
        }
        return new FileOutcome(problem, digest.all());
    }

    private @Nullable String problem(DataFile file) {
        try (AuditedChannel channel = new AuditedChannel(output.open(file.name()))) {
            return problem(file, channel);
        } catch (NoSuchFileException e) {
            return MISSING;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private @Nullable String problem(DataFile file, AuditedChannel channel) throws IOException {
        if (channel.size() != file.bytes()) {
            return "it has " + channel.size() + " bytes instead of " + file.bytes();
        }
        String checksum = FileChecksum.of(channel);
        if (!checksum.equals(file.checksum())) {
            return "its checksum is " + checksum + " instead of " + file.checksum();
        }
        return formats == null ? null : contentProblem(file, channel, formats.files());
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

    private @Nullable String decode(DataFile file, FileFormat.RowHandler handler) {
        try (AuditedChannel channel = new AuditedChannel(output.open(file.name()))) {
            try {
                formats().files().decodeRows(channel, handler);
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
    void decodeAgain(DataFile file, FileFormat.RowHandler handler) {
        try (SeekableByteChannel channel = output.open(file.name())) {
            formats().files().decodeRows(channel, handler);
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
