package io.pagewalk.spark;

import io.pagewalk.spark.bridge.DriverCommand;
import org.apache.spark.SparkConf;

/** What {@code spark-submit} runs: the commands of {@code pagewalk}, with slices worked on by executors. */
public final class SparkMain {
    private SparkMain() {}

    /**
     * Runs a command. Where the process is its own, that ends with the command's exit code; else it returns.
     *
     * @throws CommandFailedException if the process is not its own, and the exit code is not 0
     */
    public static void main(String[] arguments) {
        SparkConf conf = new SparkConf();
        Host host = Host.of(conf, System.getenv());
        int code;
        try (SparkJobs jobs = new SparkJobs(conf, host)) {
            DriverCommand command = Inside.command();
            code = Inside.within(() -> command.run(arguments, jobs));
        }
        if (host == Host.PROCESS) {
            System.exit(code);
        }
        if (code != 0) {
            throw new CommandFailedException(code);
        }
    }
}
