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
final class Children implements AutoCloseable {
    private final Set<Process> running = new HashSet<>();
    private boolean stopped;

    /**
     * The command that starts a JVM with the Java, the options and the class path of this one.
     *
     * @param temporary where it puts what a JVM that is killed leaves behind, such as the native libraries it has unpacked
     */
    static ProcessBuilder java(Path temporary, List<String> moreOptions, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // The demo shows the commands it runs; nothing else may decide what they do.
        builder.environment().keySet().removeIf(name -> name.startsWith("PAGEWALK_"));
        return builder;
    }

    /**
     * Starts a process that ends when this one does, at the latest.
     *
     * @throws StoppedException after {@link #stop}
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

    /** Kills a process, with SIGKILL. What it has said by then can still be read. */
    static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    /** Kills all processes; no more can be started. */
    synchronized void stop() {
        stopped = true;
        running.forEach(Children::kill);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Kills all processes, and waits until they are gone, whether this thread was interrupted or not. */
    @Override
    public synchronized void close() {
        running.forEach(Children::kill);
        running.forEach(process -> process.onExit().join());
    }
}
