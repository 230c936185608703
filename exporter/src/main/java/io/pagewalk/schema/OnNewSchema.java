package io.pagewalk.schema;

import java.util.Locale;

/** What to do before a run of a series begins where the schema registry has newer schemas, with fields that the series' columns lack. */
public enum OnNewSchema {
    /** Tell of it, and begin. */
    KEEP,
    /** Begin no run. */
    FAIL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
