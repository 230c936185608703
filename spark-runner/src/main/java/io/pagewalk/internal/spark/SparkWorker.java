package io.pagewalk.internal.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.spark.bridge.TaskWorker;
import io.pagewalk.spark.bridge.WorkFailedException;

/** Does the work of an executor's tasks, with what its JVM has opened before. */
public final class SparkWorker implements TaskWorker {
    private final OpenExports exports = new OpenExports();

    @Override
    public byte[] perform(byte[] common, byte[] work, String client) {
        try (OpenExports.Use use = exports.use(new String(common, UTF_8), client)) {
            try {
                return use.perform(new String(work, UTF_8)).getBytes(UTF_8);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                // Classes of this loader are not found where Spark would read them, and their messages may hold
                // secrets.
                throw new WorkFailedException(use.withoutSecrets(line(e)));
            }
        }
    }

    /** What is not foreseen has no message that says what it is. */
    private static String line(Throwable failure) {
        return failure instanceof PagewalkException ? Reasons.line(failure) : Reasons.oneLine(failure.toString());
    }
}
