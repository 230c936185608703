package io.pagewalk.internal.export;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An export of an output.
 *
 * @param log which log is its
 * @param checkpoints where that is, or null for the usual place
 */
public record FoundExport(LogName log, @Nullable Location checkpoints) {
    /**
     * The export that has claimed an output.
     *
     * @throws UsageException if its claim is damaged
     */
    static FoundExport of(Claim claim, DirectoryLocation output) {
        return new FoundExport(claim.log(), checkpointsOf(claim, output));
    }

    /**
     * Where the log is by a claim, or null for the usual place.
     *
     * @throws UsageException if the claim is damaged
     */
    public static @Nullable Location checkpointsOf(Claim claim, DirectoryLocation output) {
        if (claim.checkpoints().isEmpty()) {
            return null;
        }
        try {
            return Providers.parse(claim.checkpoints());
        } catch (UsageException e) {
            throw new UsageException(
                    "the claim of export " + claim.exportId() + " in " + output + " is damaged: its checkpoints "
                            + e.problem(),
                    Advice.RESTORE_THE_LOG,
                    e);
        }
    }

    public String exportId() {
        return log.exportId();
    }

    /** Whether both are generations of one export, and this is the older one. */
    boolean isOlderThan(FoundExport other) {
        return exportId().equals(other.exportId())
                && Objects.equals(checkpoints, other.checkpoints())
                && log.generation() < other.log.generation();
    }
}
