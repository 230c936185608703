package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the documentation do under {@code sh} what it says, and fail where a command of theirs fails. */
class DocumentedScriptsIT {
    private static final Pattern PAGE_LOOP =
            Pattern.compile("```sh\\n(export PAGEWALK_BOOTSTRAP_SERVER.*?pagewalk page.*?)```", Pattern.DOTALL);

    private static final Pattern HTTP_LOOP = Pattern.compile("```sh\\n(records=.*?)```", Pattern.DOTALL);
    /** What {@code echo} of some shells changes. */
    private static final String BACKSLASHES = "{\"path\":\"c:\\\\new\\\\table\",\"line\":\"a\\nb\"}";

    @TempDir
    Path dir;

    @BeforeEach
    void requireJq() throws Exception {
        assumeTrue(run("jq --version") == 0, "jq is not installed");
    }

    @Test
    void thePageLoopShowsEveryRecord() throws Exception {
        try (Records records = Records.into(Broker.topic("looped", 1))) {
            for (int i = 0; i < 5; i++) {
                records.send(0, null, BACKSLASHES.getBytes(UTF_8));
            }
            records.flush();

            assertThat(run(loop(records.topic(), ""))).isZero();

            List<String> lines = Files.readAllLines(dir.resolve("out"));
            assertThat(lines).hasSize(5).allMatch(line -> line.contains(BACKSLASHES));
            for (int i = 0; i < 5; i++) {
                assertThat(lines.get(i)).contains("\"offset\":" + i + ",");
            }
        }
    }

    @Test
    @LongTest
    void thePageLoopFailsWhereAPageFails() throws Exception {
        try (Records records = Records.filled("looped", 5)) {
            assertThat(run(loop("no-such-topic", ""))).as("the first page").isEqualTo(2);
            assertThat(run(loop(records.topic(), "[ $# -lt 4 ] && exit 1")))
                    .as("a later page")
                    .isEqualTo(1);

            assertThat(Files.readAllLines(dir.resolve("out"))).hasSize(2);
        }
    }

    @Test
    void theLoopOverHttpShowsEveryRecord() throws Exception {
        assumeTrue(run("curl --version") == 0, "curl is not installed");
        try (Records records = Records.filled("curled", 5);
                Serving serving = Serving.start()) {
            Matcher loop = HTTP_LOOP.matcher(Files.readString(Path.of("..", "docs", "pages.md")));
            assertThat(loop.find()).isTrue();
            String known = "server=http://127.0.0.1:" + serving.port() + " secret=" + Serving.SECRET + "\n";

            assertThat(run(known + loop.group(1).replace("greetings", records.topic())))
                    .isZero();
            assertThat(Files.readAllLines(dir.resolve("out")))
                    .hasSize(5)
                    .allMatch(line -> line.startsWith("{\"topic\":\"" + records.topic()));

            assertThat(run(known + loop.group(1).replace("greetings", "no-such-topic")))
                    .isEqualTo(22);
        }
    }

    /** @param before what the command does before it is one */
    private String loop(String topic, String before) throws IOException {
        Matcher loop = PAGE_LOOP.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(loop.find()).isTrue();
        Path command = dir.resolve("pagewalk");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                command,
                "#!/bin/sh\n" + before + "\nexec '" + java + "' -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' io.pagewalk.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return loop.group(1).replace("broker:9092", Broker.servers()).replace("greetings", topic);
    }

    private int run(String script) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile());
        builder.environment().put("PATH", dir + ":" + builder.environment().get("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
