package io.pagewalk.spark.bridge;

import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** A Spark application, as commands use it. It starts with the first job. Any thread may call it. */
public interface Jobs {
    /** Whether all its executors are on this machine, so that they see its files. */
    boolean isLocal();

    /** Whether the process is the command's own, so that signals to it are requests to the command. */
    boolean ownsProcess();

    /** How many tasks run at a time at this moment. */
    int slots();

    /** How many executors there are at this moment, at least 1. */
    int executors();

    /**
     * Begins a job with one task for each piece of work.
     *
     * @param group what it is cancelled by
     * @param description as Spark's pages show it
     * @param common what all its tasks are given besides
     * @param early told what single tasks came to, with their numbers, before the job is done; some of them, or all
     * @return what the tasks came to, in the order of the work
     */
    Future<List<byte[]>> submit(
            String group, String description, byte[] common, List<byte[]> work, BiConsumer<Integer, byte[]> early);

    /** Ends the jobs of a group that are under way, without interrupting threads. */
    void cancel(String group);
}
