package io.pagewalk.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.ExportFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Runs pagewalk as a child process, as a shell would. */
final class ExportRuns {
    private static final String MAIN_CLASS = "io.pagewalk.cli.Main";
    private static final Pattern CHECKPOINT = Pattern.compile("[0-9]{20}\\.json");
    private static final int WATCH_MILLIS = 2;
    /** Other than this process, whose options it inherits. */
    private static final String NO_TERMINAL = "-Dpagewalk.terminal=false";

    private final Children children;
    private final Path temporary;
    private final Script script;

    ExportRuns(Children children, Path temporary, Script script) {
        this.children = children;
        this.temporary = temporary;
        this.script = script;
    }

    /** Runs a command to its end; its exit code. */
    int run(List<String> arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        relay(process);
        return process.waitFor();
    }

    /**
     * Runs a command and kills it, with SIGKILL, as soon as {@code log} holds the checkpoints of so many pages.
     *
     * @return the id of the process that was killed
     * @throws ExportFailedException if it ended by itself
     */
    long runAndKill(List<String> arguments, Path log, int pages) throws IOException, InterruptedException {
        Process process = start(arguments);
        Thread relay = new Thread(() -> relay(process), "demo: relay");
        relay.start();
        try {
            while (process.isAlive() && committedPages(log) < pages) {
                Thread.sleep(WATCH_MILLIS);
            }
        } finally {
            Children.kill(process);
        }
        int code = process.waitFor();
        relay.join();
        if (code == 0) {
            throw new ExportFailedException(
                    "the export was complete before it could be killed; give the demo more --orders");
        } else if (committedPages(log) < pages) {
            throw new ExportFailedException("the export ended by itself, with exit code " + code + ", see above");
        }
        return process.pid();
    }

    /** How many pages a log has; its first entry is the beginning. */
    static int committedPages(Path log) throws IOException {
        if (!Files.isDirectory(log)) {
            return 0;
        }
        int entries = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(log)) {
            for (Path file : files) {
                if (CHECKPOINT.matcher(file.getFileName().toString()).matches()) {
                    entries++;
                }
            }
        }
        return Math.max(0, entries - 1);
    }

    private Process start(List<String> arguments) throws IOException {
        Process process = children.start(Children.java(temporary, List.of(NO_TERMINAL), MAIN_CLASS, arguments)
                .redirectErrorStream(true));
        process.getOutputStream().close();
        return process;
    }

    private void relay(Process process) {
        try {
            BufferedReader output = process.inputReader(UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                script.quote(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
