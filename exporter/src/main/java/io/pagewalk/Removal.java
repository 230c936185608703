package io.pagewalk;

import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.deletion.Contents;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.log.Checkpoint;
import org.jspecify.annotations.Nullable;

/** What the deletion of an export would remove. Immutable. */
public final class Removal {
    private final String topic;
    private final Claim claim;
    private final FoundExport found;
    private final String logLocation;
    private final long files;
    private final @Nullable Contents contents;
    private final boolean removesLog;

    /** @param contents what the log says, or null if it is not asked */
    Removal(
            String topic,
            Claim claim,
            FoundExport found,
            String logLocation,
            long files,
            @Nullable Contents contents,
            boolean removesLog) {
        this.topic = topic;
        this.claim = claim;
        this.found = found;
        this.logLocation = logLocation;
        this.files = files;
        this.contents = contents;
        this.removesLog = removesLog;
    }

    public String exportId() {
        return claim.exportId();
    }

    public String topic() {
        return topic;
    }

    /** Which of the topic's exports into the output it is. */
    public int generation() {
        return claim.generation();
    }

    /** Data files, those of pages under way among them. */
    public long files() {
        return files;
    }

    /** Entries of the log; 0 if it is not asked. */
    public long checkpoints() {
        return contents == null ? 0 : contents.checkpoints();
    }

    /** Where the log is, for people. */
    public String logLocation() {
        return logLocation;
    }

    /** Whether the log is removed, too; it is not where it is in a topic and no cluster was named. */
    public boolean removesLog() {
        return removesLog;
    }

    /** The log's last entry, or null if it has none or is not asked. */
    public @Nullable Checkpoint last() {
        return contents == null ? null : contents.last();
    }

    Claim claim() {
        return claim;
    }

    FoundExport found() {
        return found;
    }

    @Nullable
    Contents contents() {
        return contents;
    }
}
