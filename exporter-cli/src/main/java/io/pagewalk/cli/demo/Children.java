package io.pagewalk.cli.demo;

import io.pagewalk.error.StoppedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The demo's child processes: JVMs like this one. Safe for use by any number of threads. */
final class Children {
    private final Set<Process> running = new HashSet<>();
    private boolean stopped;

    /** The command that starts a JVM with the Java, the options and the class path of this one. */
    static ProcessBuilder java(List<String> moreOptions, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // The demo shows the commands it runs; nothing else may decide what they do.
        builder.environment().keySet().removeIf(name -> name.startsWith("PAGEWALK_"));
        return builder;
    }

    /**
     * Starts a process that ends at {@link #stop} at the latest.
     *
     * @throws StoppedException if that was called
     */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (stopped) {
            throw new StoppedException("the demo was stopped");
        }
        running.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Kills all processes; no more can be started. */
    synchronized void stop() {
        stopped = true;
        running.forEach(Process::destroyForcibly);
    }

    synchronized boolean isStopped() {
        return stopped;
    }
}
