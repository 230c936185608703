package io.pagewalk.model;

import org.jspecify.annotations.Nullable;

/** Whether a topic's cleanup policy compacts. */
public enum Compaction {
    YES,
    NO,
    /** The brokers did not say, as those do that forbid to ask. */
    UNKNOWN;

    /** Whether records may vanish whose keys were written again. */
    public boolean isPossible() {
        return this != NO;
    }

    /** As JSON has it: null stands for {@link #UNKNOWN}. */
    public @Nullable Boolean toJson() {
        return this == UNKNOWN ? null : Boolean.valueOf(this == YES);
    }
}
