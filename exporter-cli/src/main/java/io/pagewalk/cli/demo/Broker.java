package io.pagewalk.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.ExportFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A Kafka broker as a child process, with a directory of its own. */
final class Broker implements AutoCloseable {
    /** By name: only the demo's class path has it. */
    static final String MAIN_CLASS = "io.pagewalk.embedded.EmbeddedKafkaMain";

    /** For the seconds that it lives, the second compiler takes more time than it saves. */
    private static final List<String> BRIEF_AND_SILENT =
            List.of("-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");

    private final Process process;
    private final Path dir;
    private final String servers;

    private Broker(Process process, Path dir, String servers) {
        this.process = process;
        this.dir = dir;
        this.servers = servers;
    }

    /** Starts a broker and returns when clients can connect. Without this process it stops, too. */
    static Broker start(Children children) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("pagewalk-demo-broker-");
        Path log = dir.resolve("broker.log");
        try {
            Process process = children.start(Children.java(
                            BRIEF_AND_SILENT,
                            MAIN_CLASS,
                            List.of(dir.resolve("data").toString()))
                    .redirectError(log.toFile()));
            // Nothing else is printed, so the reader holds nothing back that would matter.
            BufferedReader output = process.inputReader(UTF_8);
            String servers = output.readLine();
            if (servers == null) {
                throw new ExportFailedException(
                        "the demo's broker ended with exit code " + process.waitFor() + ": " + lastLine(log));
            }
            return new Broker(process, dir, servers);
        } catch (Throwable e) {
            delete(dir);
            throw e;
        }
    }

    String servers() {
        return servers;
    }

    /** Kills the broker, whose data nobody needs any more, and removes its directory. */
    @Override
    public void close() throws IOException {
        // Also for a thread that has been interrupted.
        process.destroyForcibly().onExit().join();
        delete(dir);
    }

    private static String lastLine(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, UTF_8)) {
            return lines.filter(line -> !line.isBlank()).reduce("no reason given", (first, second) -> second);
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
