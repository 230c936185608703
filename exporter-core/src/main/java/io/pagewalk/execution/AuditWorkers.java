package io.pagewalk.execution;

import java.util.List;

/**
 * Checks the files of an audit elsewhere: in other processes, or on other machines, by {@link io.pagewalk.Pagewalk#audit}. The process
 * that runs the audit reads the log and what was set aside, lists the output, and tells what was found, in the order of the log.
 */
public interface AuditWorkers extends AutoCloseable {
    /** Begins to work for the audit of one run. */
    @FunctionalInterface
    interface Opener {
        AuditWorkers open(AuditWork work);
    }

    /**
     * Checks some files, at most a thousand, and waits for that. Called by the thread that runs the audit.
     *
     * @return the outcomes, in the order of the work
     * @throws Exception if it cannot be done now; the audit fails with it
     */
    List<FileOutcome> perform(List<FileWork> work) throws Exception;

    /** After the last call. */
    @Override
    void close();
}
