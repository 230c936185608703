package io.pagewalk;

import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.run.Losses;
import io.pagewalk.spi.SourceLog;
import java.util.Locale;

/** What to do where records of the extent are gone. */
public enum OnDataLoss {
    /** Stop. */
    FAIL,
    /** Put the loss on record, and go on without them. */
    RECORD;

    Losses losses(BegunRun run, SourceLog source, ExportListener listener) {
        return switch (this) {
            case FAIL -> Losses.failing(run.log(), run.state());
            case RECORD -> Losses.recording(run.log(), run.state(), source, listener::lost);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
