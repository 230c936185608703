package io.pagewalk.cli.console;

import io.pagewalk.Pagewalk;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.location.Location;
import org.jspecify.annotations.Nullable;

/** Where commands have slices worked on, and whose process they are in. What is not overridden is as in a process of their own. */
public interface WorkSite {
    /** This process, which is the command's own. */
    WorkSite HERE = new WorkSite() {};

    /**
     * Who does the work of an export; null for this process.
     *
     * @param pagewalk the export's connection
     */
    default SliceWorkers.@Nullable Opener workers(Pagewalk pagewalk) {
        return null;
    }

    /**
     * Who checks the files of an audit; null for this process.
     *
     * @param pagewalk the audit's connection
     */
    default AuditWorkers.@Nullable Opener auditors(Pagewalk pagewalk) {
        return null;
    }

    /**
     * Checks that who does the work reaches the files there.
     *
     * @throws io.pagewalk.error.UsageException if not
     */
    default void requireReachable(Location place) {}

    /** Whether signals to the process are requests to the command. */
    default boolean takesSignals() {
        return true;
    }
}
