package io.pagewalk.internal.run;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.DeletedGenerations;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.file.DataFiles;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The claim of an export on its output: publishes it, and looks who has one. Used by one thread. */
final class OutputClaim {
    private final Storage output;
    private final String topic;
    private final Claim claim;
    private final Proof proof;
    private boolean tried;

    /**
     * @param claim as the export is to have it
     * @param proof whether it need not be tried that the output does not overwrite
     */
    OutputClaim(Storage output, String topic, Claim claim, Proof proof) {
        this.output = output;
        this.topic = topic;
        this.claim = claim;
        this.proof = proof;
    }

    LogName log() {
        return claim.log();
    }

    int generation() {
        return claim.generation();
    }

    /**
     * Claims the output.
     *
     * @throws UsageException if another export has, or this one was deleted, or the storage overwrites
     */
    void claim() throws IOException {
        boolean published = claim.publish(output, topic);
        if (!published) {
            requireOwn(claimed()
                    .orElseThrow(() ->
                            new ExportFailedException("the claim on " + output.location() + " vanished; run again")));
        }
        requireUndeleted(published);
        requireExclusivePublication();
    }

    /**
     * The claim on the output as it is now; a deletion may have passed since this run looked first.
     *
     * @throws UsageException if this run's generation was deleted
     */
    Optional<Claim> claimed() throws IOException {
        Claims claims = Claims.of(output, topic);
        if (claims.isDeleted(claim.generation())) {
            throw fence().deleted();
        }
        return claims.current();
    }

    /** A claim of a generation that is deleted by now would look like a deletion that is not finished. */
    private void requireUndeleted(boolean published) throws IOException {
        DeletionFence fence = fence();
        if (fence.isDown()) {
            if (published) {
                output.delete(OutputLayout.claim(topic, claim.generation()));
            }
            throw fence.deleted();
        }
    }

    private DeletionFence fence() {
        return new DeletionFence(output, topic, claim.log());
    }

    /** The claim stands by now, so publishing it once more has to fail; a storage that overwrites shows here. */
    void requireExclusivePublication() throws IOException {
        if (tried || proof.isGiven()) {
            return;
        }
        tried = true;
        if (claim.publish(output, topic)) {
            requireUndeleted(true);
            throw new UsageException("a file could be published in " + output.location()
                    + " under a name that was taken: it cannot hold an export, choose another place");
        }
    }

    /** But for what a run of a deleted export published late: that is removed before this one says complete. */
    Optional<String> firstDataFile() throws IOException {
        DeletedGenerations deleted = DeletedGenerations.before(claim.generation(), output, topic);
        AtomicReference<@Nullable String> first = new AtomicReference<>();
        DataFiles.all(output, (path, file) -> {
            String before = first.get();
            if ((before == null || path.compareTo(before) < 0)
                    && file.isOfTopic(topic)
                    && !deleted.showUncommitted(file)) {
                first.set(path);
            }
        });
        return Optional.ofNullable(first.get());
    }

    void requireOwn(Claim found) {
        if (!found.equals(claim)) {
            boolean elsewhere = !found.checkpoints().isEmpty();
            throw new UsageException(
                    "topic " + topic + " in " + output.location() + " belongs to export "
                            + found.exportId() + (elsewhere ? ", whose log is in " + found.checkpoints() : "")
                            + ": use another output, or go on with that one",
                    elsewhere ? Advice.NAME_THE_EXPORT_AND_ITS_LOG : Advice.NAME_THE_EXPORT);
        }
    }
}
