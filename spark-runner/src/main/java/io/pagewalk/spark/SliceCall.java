package io.pagewalk.spark;

import io.pagewalk.spark.bridge.TaskWorker;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/** One task. */
final class SliceCall implements Function<byte[], byte[]> {
    private static final long serialVersionUID = 1L;
    private static final long LOOK_MS = 100;

    private final byte[] common;
    private final EarlyResults results;

    SliceCall(byte[] common, EarlyResults results) {
        this.common = common.clone();
        this.results = results;
    }

    @Override
    public byte[] call(byte[] work) {
        TaskWorker worker = Inside.worker();
        TaskContext task = TaskContext.get();
        Thread watch = interruptsWhenKilled(task, Thread.currentThread());
        try {
            byte[] result = Inside.within(() -> worker.perform(common, work, client()));
            results.add(Map.entry(task.partitionId(), result));
            return result;
        } finally {
            watch.interrupt();
        }
    }

    private static String client() {
        SparkEnv environment = SparkEnv.get();
        return environment.conf().getAppId() + "-" + environment.executorId();
    }

    /** A job that is cancelled does not interrupt its tasks, and a task that is killed would go on to its end. */
    private static Thread interruptsWhenKilled(TaskContext task, Thread thread) {
        Thread watch = new Thread(
                () -> {
                    while (!task.isInterrupted()) {
                        try {
                            Thread.sleep(LOOK_MS);
                        } catch (InterruptedException e) {
                            // The task is over.
                            return;
                        }
                    }
                    thread.interrupt();
                },
                "pagewalk-watch");
        watch.setDaemon(true);
        watch.start();
        return watch;
    }
}
