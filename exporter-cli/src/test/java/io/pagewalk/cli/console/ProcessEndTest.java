package io.pagewalk.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.error.PagewalkException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes whose main thread or shutdown hook hangs. */
@Timeout(60)
class ProcessEndTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    @Test
    void exitsThoughAHookHangs() throws Exception {
        Child child = Child.start("hook");
        try {
            assertThat(child.exitCode()).isEqualTo(3);
        } finally {
            child.kill();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsSomeTimeAfterTheFirstSignalThoughTheMainThreadHangs() throws Exception {
        Child child = Child.start("main");
        try {
            assertThat(child.line()).isEqualTo("ready");
            child.process.toHandle().destroy();

            assertThat(child.line()).isEqualTo("stopping");
            assertThat(child.line()).isEqualTo("late");
            assertThat(child.exitCode()).isEqualTo(ExitCode.STOPPED.code());
        } finally {
            child.kill();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsThoughNobodyCanBeToldOfIt() throws Exception {
        Child child = Child.start("silent");
        try {
            assertThat(child.line()).isEqualTo("ready");
            child.process.toHandle().destroy();

            assertThat(child.exitCode()).isEqualTo(ExitCode.STOPPED.code());
        } finally {
            child.kill();
        }
    }

    private record Child(Process process, BufferedReader output) {
        static Child start(String kind) throws IOException {
            String classPath = Stream.of(ProcessEnd.class, ProcessEndTest.class, PagewalkException.class)
                    .map(type -> type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .distinct()
                    .collect(Collectors.joining(File.pathSeparator));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-cp",
                            classPath,
                            Main.class.getName(),
                            kind)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Child(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        String line() throws IOException {
            return output.readLine();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("has ended").isTrue();
            return process.exitValue();
        }

        void kill() {
            process.destroyForcibly();
        }
    }

    /** What runs in the other process. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            switch (arguments[0]) {
                case "hook" -> {
                    Runtime.getRuntime().addShutdownHook(new Thread(Main::hang));
                    ProcessEnd.exit(3, LIMIT);
                }
                case "main" -> {
                    Interrupts.install(() -> System.out.println("stopping"), () -> System.out.println("late"), LIMIT);
                    System.out.println("ready");
                    hang();
                }
                default -> {
                    Interrupts.install(Main::hang, Main::hang, LIMIT);
                    System.out.println("ready");
                    hang();
                }
            }
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
