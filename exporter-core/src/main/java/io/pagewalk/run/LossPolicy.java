package io.pagewalk.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.model.Slice;

/** Decides what becomes of an export whose records are gone. Called from any thread. */
@FunctionalInterface
public interface LossPolicy {
    /** Stops at every loss. */
    LossPolicy FAIL = (slice, loss) -> {
        throw loss;
    };

    /**
     * A reader met offsets of {@code slice} that are gone. When this returns, the slice may be published without them.
     *
     * @throws DataLossException if the export does not go on without them
     */
    void met(Slice slice, DataLossException loss);
}
