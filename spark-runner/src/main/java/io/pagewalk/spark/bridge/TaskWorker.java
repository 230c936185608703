package io.pagewalk.spark.bridge;

/** Does the work of tasks. Any thread may call it. */
public interface TaskWorker {
    /**
     * Does it, and waits for it. An interrupt of the thread ends it.
     *
     * @param common what all tasks of the job are given
     * @param work what this one is to do
     * @param client who does it, for the names of clients
     * @return what it came to
     * @throws WorkFailedException if it cannot be done now
     */
    byte[] perform(byte[] common, byte[] work, String client);
}
