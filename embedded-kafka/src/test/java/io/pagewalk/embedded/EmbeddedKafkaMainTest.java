package io.pagewalk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaMainTest {
    @TempDir
    Path dir;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void keepsRecordsAndAddressOverAKill() throws Exception {
        Process first = start(dir.toString(), "broker.session.timeout.ms=2000");
        String servers = firstLine(first);
        Topics.create(servers, "kept", 1, Map.of());
        Records.produce(servers, "kept", List.of("a", "b"));
        first.destroyForcibly().waitFor();

        Process second = start(dir.toString());

        assertThat(firstLine(second)).isEqualTo(servers);
        assertThat(Records.consume(servers, "kept", 2)).containsExactly("a", "b");
    }

    @Test
    void stopsWhenItsInputEnds() throws Exception {
        Process process = start(dir.toString());
        firstLine(process);

        process.getOutputStream().close();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void refusesWhatIsNotASetting() throws Exception {
        Process process = start(dir.toString(), "nonsense");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.errorReader().readLine()).contains("nonsense");
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-Duser.language=tr",
                EmbeddedKafkaMain.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return output.readLine();
    }
}
