package io.pagewalk.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.it.fixture.LongTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the distribution's demo as a newcomer would. */
@Timeout(300)
class DemoIT {
    private static final Path DISTRIBUTION = Path.of("..", "exporter-cli", "target", "pagewalk");
    private static final int RECORDS = 3_000;

    @TempDir
    Path temp;

    private Path brokers;
    private final List<Process> processes = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void keepTemporaryFilesApart() throws IOException {
        brokers = Files.createDirectory(temp.resolve("tmp"));
    }

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void provesAResumedExportAndOffersCommandsThatWork() throws Exception {
        Path output = temp.resolve("it's a demo");
        Process demo = demo("--keep-running", "--browse", "--dir", output.toString());
        String page = group(awaitLine(demo, "Browse its topics at (http://127[.]0[.]0[.]1:[0-9]+/#secret=.+)"));
        String servers = group(awaitLine(demo, "The broker stays up at ([^ ]+) until .*"));

        assertThat(said).anyMatch(line -> line.matches(" +\\$ kill -9 [0-9]+ .*"));
        assertThat(said).anyMatch(line -> line.matches(" +State +not complete, .*"));
        assertThat(said).anyMatch(line -> line.contains("goes on with page"));
        assertThat(said).anyMatch(line -> line.contains("PROVEN: all 3,000 records are there exactly once"));
        assertThat(query(
                        "SELECT count(*), count(DISTINCT (partition, \"offset\")), count(DISTINCT key), max(key) FROM '"
                                + output.toString().replace("'", "''") + "/orders/*.parquet'"))
                .isEqualTo(RECORDS + " " + RECORDS + " " + RECORDS + " order-0002999");
        assertThat(shell(offered("duckdb -c ").replace("duckdb -c", "printf %s")))
                .startsWith("SELECT ");
        assertThat(query(shell(offered("duckdb -c ").replace("duckdb -c", "printf %s"))))
                .startsWith("paid ");
        assertThat(said).anyMatch(line -> line.contains("A stand-in for a schema registry started at"));
        assertThat(said).anyMatch(line -> line.contains("PROVEN: all 600 payments of both versions"));
        assertThat(query(shell(offered("duckdb -c .*value[.]method").replace("duckdb -c", "printf %s"))))
                .matches("CARD [0-9]+ [0-9]+[.][0-9]{3} 2026-02-01.*");
        assertThat(shell(offered("[^ ]*pagewalk status "))).contains("State        complete");
        assertThat(shell(offered("[^ ]*pagewalk page "))).contains("nextPageToken");

        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(page.replaceAll("#.*", "api/v1/exports")))
                                        .header("Authorization", "Bearer " + page.replaceAll(".*=", ""))
                                        .build(),
                                BodyHandlers.ofString(UTF_8))
                        .body())
                .contains("\"topic\":\"orders\",\"state\":\"complete\"", "\"topic\":\"payments\"");

        demo.getOutputStream().write('\n');
        demo.getOutputStream().flush();

        assertThat(exitCode(demo)).isZero();
        assertThatThrownBy(() -> connect(servers)).isInstanceOf(ConnectException.class);
        assertThat(brokers).isEmptyDirectory();
        shell(offered("rm -r ").replaceFirst("   \\(.*", ""));
        assertThat(output).doesNotExist();
    }

    @Test
    void leavesNothingBehindWhenItIsStopped() throws Exception {
        Process demo = demo("--dir", temp.resolve("out").toString());
        String servers = group(awaitLine(demo, "1\\. A Kafka broker started at (.*)"));

        // The process itself would close the streams, too.
        demo.toHandle().destroy();

        assertThat(demo.waitFor(20, TimeUnit.SECONDS))
                .as("stopped within seconds")
                .isTrue();
        assertThat(exitCode(demo)).isEqualTo(3);
        assertThat(said).last().isEqualTo("pagewalk: the demo was stopped before anything was proven");
        assertThatThrownBy(() -> connect(servers)).isInstanceOf(ConnectException.class);
        assertThat(brokers).isEmptyDirectory();
    }

    @Test
    @LongTest
    void takesItsBrokerAlongWhenItIsKilled() throws Exception {
        Process demo = demo("--dir", temp.resolve("out").toString());
        awaitLine(demo, "1\\. A Kafka broker started at (.*)");
        List<ProcessHandle> children = demo.descendants().toList();
        assertThat(children).isNotEmpty();

        demo.destroyForcibly();

        for (ProcessHandle child : children) {
            assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    @Test
    void keepsItsHandsOffADirectoryWithFiles() throws Exception {
        Path output = Files.createDirectory(temp.resolve("out"));
        Files.writeString(output.resolve("thesis.txt"), "mine");

        Process demo = demo("--dir", output.toString());

        assertThat(exitCode(demo)).isEqualTo(2);
        assertThat(said)
                .containsExactly(
                        "pagewalk: --dir " + output + " is not empty; name a directory that is, or does not exist");
        assertThat(brokers).isEmptyDirectory();
    }

    @Test
    void saysThatItsBrokerIsNotInstalled() throws Exception {
        Process demo = start(
                temp,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                DISTRIBUTION.toAbsolutePath().normalize().resolve("lib") + "/*",
                "io.pagewalk.cli.Main",
                "demo");

        assertThat(exitCode(demo)).isEqualTo(2);
        assertThat(said).singleElement().asString().contains("lib/demo");
        assertThat(temp.resolve("pagewalk-demo")).doesNotExist();
    }

    private Process demo(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                DISTRIBUTION
                        .toAbsolutePath()
                        .normalize()
                        .resolve("bin/pagewalk")
                        .toString(),
                "demo",
                "--orders",
                Integer.toString(RECORDS)));
        command.addAll(List.of(arguments));
        return start(temp, command.toArray(String[]::new));
    }

    private Process start(Path dir, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "PAGEWALK_OPTS",
                        "-Duser.language=tr -Duser.country=TR -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + brokers);
        // The demo's children do what the demo says, whatever is set here.
        builder.environment().put("PAGEWALK_FORMAT", "jsonl");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Matcher awaitLine(Process process, String pattern) throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            Matcher matcher = Pattern.compile(pattern).matcher(line);
            if (matcher.matches()) {
                return matcher;
            }
        }
        throw new AssertionError("no line '" + pattern + "' in " + String.join("\n", said));
    }

    private int exitCode(Process process) throws InterruptedException {
        process.inputReader(UTF_8).lines().forEach(said::add);
        return process.waitFor();
    }

    private static String group(Matcher matcher) {
        return matcher.group(1);
    }

    /** The command among those to try next that begins so. */
    private String offered(String pattern) {
        return said.stream()
                .dropWhile(line -> !line.equals("Try next:"))
                .map(String::strip)
                .filter(line -> Pattern.compile(pattern).matcher(line).lookingAt())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + pattern + "' in " + String.join("\n", said)));
    }

    private String shell(String command) throws IOException, InterruptedException {
        Process process = start(temp, "/bin/sh", "-c", command);
        try (Stream<String> lines = process.inputReader(UTF_8).lines()) {
            String output = String.join("\n", lines.toList());
            assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
            return output;
        }
    }

    /** The first row. */
    private static String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.add(rows.getString(column));
            }
            return String.join(" ", row);
        }
    }

    private static void connect(String servers) throws IOException {
        String[] address = servers.split(":", 2);
        new Socket(address[0], Integer.parseInt(address[1])).close();
    }
}
