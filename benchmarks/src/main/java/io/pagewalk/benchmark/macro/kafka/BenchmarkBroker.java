package io.pagewalk.benchmark.macro.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.macro.measure.ChildProcesses;
import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Logs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a process of its own, from the distribution's demo. It also stops when this process is gone. */
public final class BenchmarkBroker {
    private BenchmarkBroker() {}

    /**
     * Starts it and returns when clients can connect.
     *
     * @param distribution where Pagewalk's {@code lib} is
     * @param directory where its logs go
     * @return the bootstrap servers
     */
    public static String start(ChildProcesses children, Path java, Path distribution, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve("broker.log");
        String classPath = distribution.resolve("lib") + "/*:" + distribution.resolve("lib/demo") + "/*";
        // The heap of kafka-server-start.
        Process process = children.start(new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xms1g",
                        "-Xmx1g",
                        "-Djava.io.tmpdir=" + directory,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        classPath,
                        "io.pagewalk.embedded.EmbeddedKafkaMain",
                        directory.resolve("data").toString()))
                .redirectError(log.toFile()));
        // The only line there will be, so that what the reader has buffered is no loss.
        BufferedReader output = process.inputReader(UTF_8);
        String servers = output.readLine();
        if (servers == null) {
            throw new Failed("the broker ended with exit code " + process.waitFor() + "\n" + Logs.tail(log));
        }
        return servers;
    }
}
