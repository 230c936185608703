package io.pagewalk.benchmark.macro.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs processes one at a time and measures them. A shell stands around each, because only a parent is told what its children
 * have used up: nothing is sampled but the memory.
 */
public final class Meter {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final long LOOK_MILLIS = 20;
    private static final String SHELL = "times=$1; shift; \"$@\"; status=$?; times >\"$times\"; exit $status";

    private final ChildProcesses children;
    private final Path javaHome;

    /**
     * Measures children.
     *
     * @param javaHome the Java that scripts are to use
     */
    public Meter(ChildProcesses children, Path javaHome) {
        this.children = children;
        this.javaHome = javaHome;
    }

    /**
     * Runs a process to its end.
     *
     * @param directory where it runs, and its log is
     * @throws Failed if it ends with another exit code than 0, or not within half an hour
     */
    public Measurement run(Job job, Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Path times = directory.resolve("times");
        ProcessBuilder builder = builder(job, directory, log, times);

        long start = System.nanoTime();
        Process process = children.start(builder);
        PeakMemory memory = new PeakMemory(process.pid());
        long end = await(job, process, memory, start, log);
        children.requireNotStopped();

        Job.FileSize size = job.endsBySize();
        if (size == null ? process.exitValue() != 0 : !size.isReached()) {
            String early = size == null ? "" : " before it was done";
            throw new Failed("ended with exit code " + process.exitValue() + early + "\n" + Logs.tail(log));
        }
        double cpu = CpuTimes.ofChildren(Files.readString(times, ISO_8859_1));
        return new Measurement((end - start) / 1e9, cpu, memory.bytes());
    }

    private ProcessBuilder builder(Job job, Path directory, Path log, Path times) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SHELL, "sh", times.toString()));
        command.addAll(job.command());
        Path stdout = job.stdout();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(
                        stdout == null
                                ? ProcessBuilder.Redirect.appendTo(log.toFile())
                                : ProcessBuilder.Redirect.to(stdout.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Nothing of the caller's may decide how Pagewalk runs.
        builder.environment().keySet().removeIf(name -> name.startsWith("PAGEWALK_"));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().putAll(job.environment());
        return builder;
    }

    /** Returns when the process is gone; the result is when its work was done, which may be before. */
    private static long await(Job job, Process process, PeakMemory memory, long start, Path log)
            throws IOException, InterruptedException {
        long done = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            memory.look();
            if (done == 0 && isDone(job.endsBySize())) {
                done = System.nanoTime();
                process.children().forEach(ProcessHandle::destroy);
            }
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                ChildProcesses.kill(process);
                throw new Failed("still running after " + LIMIT.toMinutes() + " minutes\n" + Logs.tail(log));
            }
        }
        return done == 0 ? System.nanoTime() : done;
    }

    private static boolean isDone(Job.@Nullable FileSize size) {
        return size != null && size.isReached();
    }
}
