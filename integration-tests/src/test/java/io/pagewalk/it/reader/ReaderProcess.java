package io.pagewalk.it.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of Parquet files in a process of its own, because its classes clash with the tests'. What runs there is one source
 * file of {@code integration-tests/readers}, with the class path that the profile of that name has left.
 */
final class ReaderProcess implements AutoCloseable {
    /** What the profile sets. */
    static final String PROPERTY = "pagewalk.it.readers";

    private static final String ANSWERED = "answered";

    private final Path directory;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader replies;

    /**
     * Starts it.
     *
     * @param name that of its directory
     * @param source the file in there
     * @param directory where it may leave what it likes
     * @param options of its JVM
     */
    ReaderProcess(String name, String source, Path directory, List<String> options) throws IOException {
        this.directory = directory;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + directory));
        command.addAll(options);
        command.add("-cp");
        command.add(Files.readString(Path.of(System.getProperty(PROPERTY), name + ".classpath")));
        command.add(Path.of("readers", name, source).toAbsolutePath().toString());
        command.add(directory.toString());
        process = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile())
                .start();
        requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        replies = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** The lines that it answers. */
    List<String> ask(String... parts) throws IOException {
        Path answer = directory.resolve("answer");
        String reply = reply(answer + "\t" + String.join("\t", parts) + "\n");
        if (!ANSWERED.equals(reply)) {
            throw new AssertionError(reply + "\n" + Files.readString(directory.resolve("errors")));
        }
        return Files.readAllLines(answer);
    }

    private String reply(String request) {
        try {
            requests.write(request);
            requests.flush();
            return replies.readLine();
        } catch (IOException e) {
            return "it has ended: " + e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
