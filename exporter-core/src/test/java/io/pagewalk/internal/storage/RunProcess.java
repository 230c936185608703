package io.pagewalk.internal.storage;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.Storage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real process that is writing a file, until it is killed or told to publish it. */
final class RunProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private RunProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns once the file is begun. */
    static RunProcess begin(Path root, String temporaryFolder, String runId, String name, String umask)
            throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Stream.of(LocalStorage.class, RunProcess.class, UsageException.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = List.of(
                "sh",
                "-c",
                "umask " + umask + " && exec \"$@\"",
                "sh",
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xmx32m",
                "-cp",
                classPath,
                RunProcess.class.getName(),
                root.toString(),
                temporaryFolder,
                runId,
                name);
        RunProcess run = new RunProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        run.expect("begun");
        return run;
    }

    void publish() throws IOException {
        send('p');
        expect("published");
    }

    int removeDeadTemporaries() throws IOException {
        send('r');
        return Integer.parseInt(output.readLine());
    }

    /** As SIGKILL does, which {@link Process#destroyForcibly()} sends. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }

    private void send(char command) throws IOException {
        process.getOutputStream().write(command);
        process.getOutputStream().flush();
    }

    private void expect(String line) throws IOException {
        String actual = output.readLine();
        if (!line.equals(actual)) {
            throw new IOException("expected \"" + line + "\" from the process, got \"" + actual + "\"");
        }
    }

    public static void main(String[] args) throws IOException {
        Storage storage = LocalStorage.open(Path.of(args[0]), args[1], args[2]);
        Storage.PendingFile file = storage.create(args[3]);
        file.stream().write(new byte[1000]);
        System.out.println("begun");
        for (int command = System.in.read(); command >= 0; command = System.in.read()) {
            if (command == 'p') {
                file.publish();
                System.out.println("published");
            } else {
                System.out.println(storage.removeDeadTemporaries());
            }
        }
    }
}
