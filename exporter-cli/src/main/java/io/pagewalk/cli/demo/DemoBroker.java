package io.pagewalk.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.embedded.EmbeddedKafkaMain;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Starts a Kafka broker as a child process, which also stops when this process is gone. */
final class DemoBroker {
    /** For the seconds that it lives, the second compiler takes more time than it saves. */
    private static final List<String> BRIEF_AND_SILENT =
            List.of("-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");

    private DemoBroker() {}

    /**
     * Makes sure that the broker is on the class path, where only the demo has it.
     *
     * @throws UsageException if it is not
     */
    static void require() {
        try {
            Class.forName("kafka.server.KafkaRaftServer", false, DemoBroker.class.getClassLoader());
            Class.forName(mainClass(), false, DemoBroker.class.getClassLoader());
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new UsageException(
                    "the demo's broker is not installed: its jars belong into lib/demo, from where the pagewalk script takes"
                            + " them",
                    e);
        }
    }

    /**
     * Starts it and returns when clients can connect.
     *
     * @param dir where everything that it writes goes
     * @return the bootstrap servers
     */
    static String start(Children children, Path dir) throws IOException, InterruptedException {
        Path log = dir.resolve("broker.log");
        Process process = children.start(Children.java(
                        dir,
                        BRIEF_AND_SILENT,
                        mainClass(),
                        List.of(dir.resolve("broker").toString()))
                .redirectError(log.toFile()));
        // The only line there will be, so that what the reader has buffered is no loss.
        BufferedReader output = process.inputReader(UTF_8);
        String servers = output.readLine();
        if (servers == null) {
            throw new ExportFailedException(
                    "the demo's broker ended with exit code " + process.waitFor() + ": " + lastLine(log));
        }
        return servers;
    }

    private static String mainClass() {
        return EmbeddedKafkaMain.class.getName();
    }

    private static String lastLine(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, UTF_8)) {
            return lines.filter(line -> !line.isBlank()).reduce("no reason given", (first, second) -> second);
        }
    }
}
