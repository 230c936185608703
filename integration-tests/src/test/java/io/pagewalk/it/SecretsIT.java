package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a run ends, what was given to it in confidence is in nothing that it prints or writes. */
class SecretsIT {
    private static final String SECRET = "pl4nted-S3cret";
    private static final String URI_SECRET = "ur1-S3cret";
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + SECRET
                    + "\";";

    @TempDir
    Path dir;

    private final List<String> said = new ArrayList<>();

    @Test
    void areNeverPrintedNorWritten() throws Exception {
        try (Records records = Records.filled("secrets", 60)) {
            String topic = records.topic();
            Path sound = config(
                    "sound",
                    "ssl.key.password=" + SECRET,
                    "ssl.keystore.password=" + SECRET,
                    "ssl.truststore.password=" + SECRET,
                    "sasl.jaas.config=" + JAAS);
            Path output = dir.resolve("out");
            String[] shape = {"--page-size", "20", "--command-config", sound.toString(), "--report", report()};
            run(3, Cli.exportArguments(topic, output, with(shape, "--max-pages", "1")));
            run(2, Cli.exportArguments(topic, output, with(shape, "--page-size", "30")));
            run(0, Cli.exportArguments(topic, output, shape));
            run(0, Cli.exportArguments(topic, output, shape));
            run(2, Cli.exportArguments("nosuchtopic", dir.resolve("none"), shape));
            run(
                    6,
                    Cli.exportArguments(
                            topic,
                            dir.resolve("other"),
                            with(shape, "--value-format", "json", "--key-format", "json")));
            String[] connection = {"--bootstrap-server", Broker.servers(), "--command-config", sound.toString()};
            run(0, with(new String[] {"plan", "--topic", topic}, connection));
            run(0, with(new String[] {"page", "--topic", topic}, connection));
            run(0, "status", "--output", output.toString());

            List<String[]> broken = List.of(
                    lines("security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.jaas.config=" + JAAS),
                    lines("security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.jaas.config=" + SECRET),
                    lines(
                            "security.protocol=SASL_PLAINTEXT",
                            "sasl.mechanism=PLAIN",
                            "sasl.jaas.config=no.such.LoginModule required password=\"" + SECRET + "\";"),
                    lines("security.protocol=SASL_PLAINTEXT", "sasl.mechanism=" + SECRET, "sasl.jaas.config=" + JAAS),
                    lines("security.protocol=SSL", "ssl.keystore.location=/nowhere", "ssl.keystore.password=" + SECRET),
                    lines(
                            "security.protocol=SSL",
                            "ssl.keystore.type=PEM",
                            "ssl.keystore.key=-----BEGIN " + SECRET,
                            "ssl.key.password=" + SECRET),
                    lines("ssl.key.password=" + SECRET, "request.timeout.ms=soon"),
                    lines("ssl.key.password=" + SECRET, "client.id=\\u00zz"),
                    lines("sasl.jaas.config=" + JAAS, "security.protocol=" + SECRET));
            for (int i = 0; i < broken.size(); i++) {
                String file = config("broken" + i, broken.get(i)).toString();
                String[] more = {"--command-config", file, "--retry-timeout", "2s", "--report", report()};
                Result result = note(Cli.run(with(Cli.exportArguments(topic, dir.resolve("b" + i), more), "--debug")));
                assertThat(result.code())
                        .as("configuration %d: %s", i, result.err())
                        .isIn(1, 2);
            }
            for (String place : new String[] {
                "s3://user:" + URI_SECRET + "@bucket/x",
                "hdfs://user:" + URI_SECRET + "@host:8020/x",
                "file://user:" + URI_SECRET + "@host/x",
                "abfs://user:" + URI_SECRET + "@host/x",
                "file://user:" + URI_SECRET + "@host/a b"
            }) {
                for (String option : new String[] {"--output", "--checkpoints", "--report", "--config"}) {
                    run(2, Cli.exportArguments(topic, dir.resolve("p"), option, place));
                }
                run(2, "status", "--output", place);
            }
            try (CliProcess process =
                    CliProcess.start(with(Cli.exportArguments(topic, dir.resolve("logged"), shape), "--debug"))) {
                assertThat(note(process.await().exits(0)).err())
                        .as("the logs were on")
                        .contains("AppInfoParser");
            }
            new Output(output).assertComplete(topic);
        }
        assertNowhere(SECRET);
        assertNowhere(URI_SECRET);
    }

    private void run(int code, String... arguments) {
        note(Cli.run(with(arguments, "--debug")).exits(code));
    }

    private Result note(Result result) {
        said.add(result.out() + result.err());
        return result;
    }

    private void assertNowhere(String secret) throws IOException {
        assertThat(said.stream().flatMap(String::lines).filter(line -> line.contains(secret)))
                .isEmpty();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".properties"))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8))
                        .as("%s", file)
                        .doesNotContain(secret);
            }
        }
    }

    private String report() {
        return dir.resolve("report-" + said.size() + ".json").toString();
    }

    private Path config(String name, String... lines) throws IOException {
        return Files.write(dir.resolve(name + ".properties"), List.of(lines));
    }

    private static String[] lines(String... lines) {
        return lines;
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
