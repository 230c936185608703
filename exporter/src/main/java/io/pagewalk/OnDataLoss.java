package io.pagewalk;

import java.util.Locale;

/** What to do where records of the extent are gone. */
public enum OnDataLoss {
    /** Stop. */
    FAIL,
    /** Put the loss on record, and go on without them. */
    RECORD;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
