package io.pagewalk.it.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.embedded.Ports;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Iceberg's REST catalog in a process of its own, on one port of 127.0.0.1: it can go away, and come back with what it had. */
public final class CatalogServer implements AutoCloseable {
    private static final Path BUILT =
            Path.of(System.getProperty("pagewalk.it.rest-catalog", "../exporter-iceberg/target"));

    private final List<String> command = new ArrayList<>();
    private final int port;
    private CliProcess process;

    /**
     * Starts it.
     *
     * @param directory where it keeps which tables there are
     * @param warehouse where tables are
     * @param hadoop how it reaches them
     */
    CatalogServer(Path directory, String warehouse, Map<String, String> hadoop) {
        try {
            port = Ports.free(1).get(0);
            String jars = Files.readString(BUILT.resolve("rest-server.classpath"), UTF_8)
                    .strip();
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    BUILT.resolve("test-classes") + File.pathSeparator + jars,
                    "io.pagewalk.internal.iceberg.RestServer",
                    Files.createDirectories(directory).toString(),
                    Integer.toString(port),
                    warehouse));
            hadoop.forEach((name, value) -> command.add(name + "=" + value));
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CliProcess launch() throws IOException {
        CliProcess started = CliProcess.start(new ProcessBuilder(command));
        Eventually.isTrue("the catalog listens on port " + port, () -> listens(started));
        return started;
    }

    private boolean listens(CliProcess started) {
        try {
            if (!started.isAlive()) {
                throw new AssertionError("the catalog did not start; it said: " + started.err());
            }
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** Ends it, with whatever it is at. */
    void stop() throws InterruptedException {
        process.kill();
    }

    /** Starts it again, with the tables that it had. */
    void start() throws IOException {
        process.close();
        process = launch();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
