package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Ports;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.remote.RemoteExportTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ExportIT extends RemoteExportTest {
    @Override
    protected String place(String purpose) {
        return "s3a://" + S3Server.bucket(purpose) + "/exports/all";
    }

    @Override
    protected Map<String, String> properties() {
        return S3Server.properties();
    }

    @Override
    protected List<String> files(String place) {
        String prefix = "exports/all/";
        return S3Server.keys(bucket(place)).stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    @Override
    protected void download(String place, Path directory) throws IOException {
        S3Server.download(bucket(place), "exports/all/", directory);
    }

    private static String bucket(String place) {
        return place.substring("s3a://".length(), place.indexOf("/exports"));
    }

    private static Cli.Result export(String place, Map<String, String> properties) {
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
        arguments.addAll(List.of("--retry-timeout", "2s"));
        String topic = Broker.topic("refused", 1);
        String[] all = Cli.exportArguments(topic, Path.of("replaced"), arguments.toArray(String[]::new));
        all[List.of(all).indexOf("--output") + 1] = place;
        return Cli.run(all);
    }

    /** Nobody can tell that it is alive. */
    @Test
    void aRunWhoseExportIsDeletedCompletesNothing() throws Exception {
        try (Records records = Records.filled("deleted", 1200)) {
            String topic = records.topic();
            String place = place("deleted");
            String[] shape = {"--page-size", "40", "--file-size", "20"};
            try (CliProcess run = CliProcess.start(arguments(topic, place, shape))) {
                Eventually.isTrue("under way", () -> checkpoints(place, topic) > 2 || !run.isAlive());
                run.signal("STOP");
                assertThat(checkpoints(place, topic)).as("pages are left").isLessThan(30);

                command("delete", place, "--yes").exits(0);
                run.signal("CONT");

                assertThat(run.await().exits(2).error()).contains("was deleted while this run was at work");
            }
            assertThat(checkpoints(place, topic)).isZero();
        }
    }

    @Test
    void endsWithUsageWhereTheUserHasToChangeSomething() {
        assertThat(export("s3://no-such-bucket/x", S3Server.properties())
                        .exits(2)
                        .error())
                .contains("s3a://no-such-bucket/x", "there is no such bucket");

        Map<String, String> wrong = new HashMap<>(S3Server.properties());
        wrong.put("fs.s3a.secret.key", "not-the-very-secret");
        assertThat(export(place("wrong"), wrong).exits(2).error())
                .contains("access is denied")
                .doesNotContain("not-the-very-secret");

        assertThat(export("gs://bucket/x", Map.of()).exits(2).error()).contains("lib/ext", "hadoop-gcp");
        assertThat(export("webhdfs://host/x", Map.of()).exits(2).error()).contains("webhdfs");
        assertThat(export("s3a://key:not-the-very-secret@bucket/x", Map.of())
                        .exits(2)
                        .error())
                .contains("credentials")
                .doesNotContain("not-the-very-secret");
    }

    @Test
    void endsWithFailureWhereTheStoreIsAway() throws IOException {
        int port = Ports.free(1).get(0);

        assertThat(export("s3://bucket/x", S3Server.properties(port)).exits(1).error())
                .contains("s3a://bucket/x", "127.0.0.1:" + port);
    }

    @Test
    void takesCredentialsFromAHadoopFile(@TempDir Path files) throws IOException {
        StringBuilder xml = new StringBuilder("<configuration>");
        S3Server.properties()
                .forEach((name, value) ->
                        xml.append("<property><name>" + name + "</name><value>" + value + "</value></property>"));
        Path file = Files.writeString(files.resolve("core-site.xml"), xml.append("</configuration>"));
        String place = place("file");

        String[] all = Cli.exportArguments(
                Broker.topic("hadoopfile", 1), Path.of("replaced"), "--hadoop-conf", file.toString());
        all[List.of(all).indexOf("--output") + 1] = place;

        Cli.run(all).exits(0);
        Cli.run("status", "--output", place, "--hadoop-conf", file.toString()).exits(0);
    }
}
