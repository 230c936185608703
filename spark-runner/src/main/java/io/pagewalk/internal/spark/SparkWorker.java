package io.pagewalk.internal.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.spark.bridge.TaskWorker;

/** Does the work of an executor's tasks, with what its JVM has opened before. */
public final class SparkWorker implements TaskWorker {
    private final OpenExports exports = new OpenExports();

    public SparkWorker() {
        NativeCodecs.loadOwn();
    }

    @Override
    public byte[] perform(byte[] common, byte[] work, String client) {
        try (OpenExports.Use use = exports.use(new String(common, UTF_8), client)) {
            return use.perform(new String(work, UTF_8)).getBytes(UTF_8);
        }
    }
}
