package io.pagewalk.spark.bridge;

/** A command line. */
public interface DriverCommand {
    /**
     * Runs it.
     *
     * @return its exit code
     */
    int run(String[] arguments, Jobs jobs);
}
