package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.file.DeadLetterFiles;
import io.pagewalk.internal.file.DeadLetterReader;
import io.pagewalk.internal.file.FileChecksum;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the files of dead letters of one export against what lists them, and looks for others. */
final class DeadLetterAudit {
    private final Storage output;
    private final String folder;
    private final Consumer<Finding> findings;
    private final Set<String> left = new TreeSet<>();
    private long records;

    DeadLetterAudit(Storage output, LogName log, Consumer<Finding> findings) {
        this.output = output;
        this.folder = OutputLayout.deadLetters(log);
        this.findings = findings;
        try {
            output.list(folder).forEach(file -> left.add(file.name()));
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot list " + output.location() + "/" + folder + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
    }

    /**
     * Checks what was set aside of a slice, if anything was.
     *
     * @return the digests of its records, as the topic had them, by offset; none if there is a finding
     */
    SortedMap<Long, Digest> check(DataFile data, FileNaming naming, long sequence) {
        DeadLetters listed = data.deadLetters();
        if (listed == null) {
            return new TreeMap<>();
        }
        records += listed.records();
        String name = nameOf(data.slice(), naming);
        left.remove(name);
        SortedMap<Long, Digest> digests = new TreeMap<>();
        String problem;
        try (AuditedChannel channel = new AuditedChannel(output.open(name))) {
            problem = problem(data, listed, channel, digests);
        } catch (NoSuchFileException e) {
            problem = "missing";
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot read " + output.location() + "/" + name + ": " + Reasons.describe(e)
                            + "; fix that and run again",
                    e);
        }
        if (problem == null) {
            return digests;
        }
        findings.accept(new Finding(name, problem + "; " + LogWalk.place(sequence) + " lists it"));
        return new TreeMap<>();
    }

    private String nameOf(Slice slice, FileNaming naming) {
        return new DeadLetterFiles(output, folder, naming, () -> {}).nameOf(slice);
    }

    private static @Nullable String problem(
            DataFile data, DeadLetters listed, AuditedChannel channel, SortedMap<Long, Digest> digests)
            throws IOException {
        if (channel.size() != listed.bytes()) {
            return "it has " + channel.size() + " bytes instead of " + listed.bytes();
        }
        String checksum = FileChecksum.of(channel);
        if (!checksum.equals(listed.checksum())) {
            return "its checksum is " + checksum + " instead of " + listed.checksum();
        }
        RecordDigest digest = RecordDigest.ofRaw();
        try {
            DeadLetterReader.read(
                    channel, data.slice(), letter -> digests.put(letter.record().offset(), digest.of(letter.record())));
        } catch (IOException e) {
            channel.requireReadable();
            return Reasons.describe(e);
        }
        return digests.size() == listed.records()
                ? null
                : "it holds " + digests.size() + " records instead of " + listed.records();
    }

    /** Accounts for what a run has published and not committed. */
    void takeUncommitted(FileNaming naming, List<Slice> slices) {
        slices.forEach(slice -> left.remove(nameOf(slice, Objects.requireNonNull(naming))));
    }

    /** Accounts for what a log lists that is not audited, as far as it is not damaged. */
    void takeListedBy(CheckpointStore log) {
        List<Slice> slices = new ArrayList<>();
        Checkpoint.Start start = ListedFiles.of(log, file -> {
                    if (file.deadLetters() != null) {
                        slices.add(file.slice());
                    }
                })
                .started();
        if (start != null) {
            takeUncommitted(start.naming(), slices);
        }
    }

    /** To be called when all that is listed was checked. */
    void finish() {
        left.forEach(name -> findings.accept(new Finding(name, "extra: no checkpoint in this output lists it")));
    }

    /** How many records are listed as set aside. */
    long records() {
        return records;
    }
}
