package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.measure.ChildProcesses;
import io.pagewalk.benchmark.macro.measure.Directory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of its own, and processes; closing it, or a signal, stops these and removes that. */
final class Workplace implements AutoCloseable {
    private final PrintWriter log;
    private final ChildProcesses children = new ChildProcesses();
    private final Path directory;
    private final Thread onInterrupt = new Thread(this::cleanUp, "clean-up");

    Workplace(Path parent, PrintWriter log) throws IOException {
        this.log = log;
        directory = Files.createTempDirectory(Files.createDirectories(parent), "benchmark-");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    ChildProcesses children() {
        return children;
    }

    Path directory() {
        return directory;
    }

    private void cleanUp() {
        children.close();
        try {
            Directory.delete(directory);
        } catch (IOException e) {
            log.println("cannot remove " + directory + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        cleanUp();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is running.
        }
    }
}
