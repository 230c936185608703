package io.pagewalk.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.embedded.Ports;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.http.RawHttp.Reply;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code pagewalk serve} begins, what it refuses, and what it says. */
class ServeIT {
    private static final String SECRET = "a-secret-in-a-file";
    private static final String TOPICS = "/api/v1/topics";

    @TempDir
    Path dir;

    @Test
    void printsItsAddressWithASecretThatItHasMade() throws Exception {
        try (Records records = Records.filled("served", 7);
                ServeProcess serve = ServeProcess.start(Broker.servers(), "--allow-host", "pages.example")) {
            String secret = serve.printedSecret();
            assertThat(secret).hasSizeGreaterThan(20);

            HttpResponse<String> page = serve.get(TOPICS + "/" + records.topic() + "/records?page_size=5", secret);

            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(Output.json(page.body()).get("records")).hasSize(5);
            assertThat(serve.get(TOPICS, null).statusCode()).isEqualTo(401);
            assertThat(serve.get(TOPICS, SECRET).statusCode()).isEqualTo(401);
            assertThat(byName(serve, "pages.example:443").status()).isEqualTo(200);
            assertThat(byName(serve, "other.example").status()).isEqualTo(403);

            assertThat(serve.process().out()).hasLineCount(1);
            assertThat(serve.process().err()).isEmpty();
            serve.process().signal("TERM");
            assertThat(serve.process().await().exits(0).err())
                    .contains("stopping")
                    .doesNotContain(secret);
        }
    }

    private static Reply byName(ServeProcess serve, String host) throws Exception {
        return RawHttp.send(
                serve.port(),
                RawHttp.head("GET", TOPICS, "Host: " + host, "Authorization: Bearer " + serve.printedSecret()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesASecretFromAFileOrTheEnvironmentAndSaysItNowhere(boolean file) throws Exception {
        Path secretFile = Files.writeString(dir.resolve("secret"), "  " + SECRET + "\n");
        Map<String, String> environment =
                file ? Map.of("PAGEWALK_SECRET", "another-secret") : Map.of("PAGEWALK_SECRET", SECRET);
        String[] options =
                file ? new String[] {"--debug", "--secret-file", secretFile.toString()} : new String[] {"--debug"};
        try (ServeProcess serve = ServeProcess.start(List.of(), environment, Broker.servers(), options)) {
            assertThat(serve.printedSecret()).isNull();
            assertThat(serve.get(TOPICS, SECRET).statusCode()).isEqualTo(200);
            for (String secret : List.of(SECRET, "another-secret", SECRET + "x")) {
                for (String path : List.of(
                        "/" + SECRET, TOPICS + "/" + SECRET, TOPICS + "/x/records?page_token=" + SECRET, "/readyz")) {
                    HttpResponse<String> answer = serve.get(path, secret);
                    assertThat(answer.statusCode()).isLessThan(500);
                    assertThat(answer.headers().toString()).doesNotContain(SECRET);
                }
            }
            assertThat(RawHttp.send(serve.port(), SECRET + "\r\n\r\n").body()).doesNotContain(SECRET);

            serve.process().signal("TERM");
            Cli.Result end = serve.process().await().exits(0);
            assertThat(end.out() + end.err()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0:0                 |                   | can be reached by others
            [::]:0                    |                   | can be reached by others
            127.0.0.1:0               | --no-auth         | exclude each other
            127.0.0.1                 |                   | is not HOST:PORT
            127.0.0.1:65536           |                   | is not HOST:PORT
            127.0.0.1:-1              |                   | is not HOST:PORT
            ::1:8480                  |                   | is not HOST:PORT
            :8480                     |                   | is not HOST:PORT
            http://127.0.0.1:8480     |                   | is not HOST:PORT
            none.invalid:0            |                   | there is no host none.invalid
            127.0.0.1:0               | --secret-file     | is empty
            127.0.0.1:0               | --readers=0       | is not from 1 to 64
            127.0.0.1:0               | --readers=65      | is not from 1 to 64
            """)
    void refusesWhatIsNotSafeOrNotThere(String listen, String option, String why) throws Exception {
        String[] more = {"--listen", listen};
        if ("--secret-file".equals(option)) {
            Path empty = Files.writeString(dir.resolve("empty"), "\n");
            more = new String[] {"--listen", listen, option, empty.toString()};
        } else if (option != null) {
            more = new String[] {"--listen", listen, option};
        }
        Map<String, String> environment = "--no-auth".equals(option) ? Map.of("PAGEWALK_SECRET", SECRET) : Map.of();

        // Nothing listens there: it does not come to that.
        Cli.Result refused = Cli.run(environment, "", ServeProcess.arguments("127.0.0.1:1", more))
                .exits(2);

        assertThat(refused.error()).contains(why).doesNotContain(SECRET);
        assertThat(refused.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "two words", "dürfte-nicht-gehen"})
    void refusesASecretThatNoHeaderCanHold(String secret) throws Exception {
        Path file = Files.writeString(dir.resolve("secret"), secret);

        assertThat(Cli.run(ServeProcess.arguments("127.0.0.1:1", "--secret-file", file.toString()))
                        .exits(2)
                        .error())
                .contains("has no secret")
                .doesNotContain(secret);
    }

    @Test
    void refusesASecretFileThatIsNotThere() {
        assertThat(Cli.run(ServeProcess.arguments(
                                "127.0.0.1:1",
                                "--secret-file",
                                dir.resolve("none").toString()))
                        .exits(2)
                        .error())
                .contains("cannot read --secret-file");
    }

    @Test
    void saysThatItsPortIsTakenOrItsBrokersAreAway() throws Exception {
        int free = Ports.free(1).get(0);
        try (ServerSocket taken = new ServerSocket(0);
                CliProcess portTaken = CliProcess.start(
                        ServeProcess.arguments(Broker.servers(), "--listen", "127.0.0.1:" + taken.getLocalPort()));
                CliProcess elsewhere = CliProcess.start(
                        ServeProcess.arguments(Broker.servers(), "--listen", "192.0.2.1:8480", "--no-auth"));
                CliProcess brokersAway =
                        CliProcess.start(ServeProcess.arguments("127.0.0.1:" + free, "--retry-timeout", "1s"))) {
            Cli.Result refused = portTaken.await().exits(2);
            assertThat(refused.error())
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "choose another port");
            assertThat(refused.out()).isEmpty();
            assertThat(elsewhere.await().exits(2).error()).contains("cannot listen on 192.0.2.1:8480");
            Cli.Result away = brokersAway.await().exits(1);
            assertThat(away.error()).contains("127.0.0.1:" + free);
            assertThat(away.out()).isEmpty();
        }
    }

    @Test
    void answersEverybodyIfItIsTold() throws Exception {
        try (ServeProcess serve = ServeProcess.start(Broker.servers(), "--no-auth")) {
            assertThat(serve.printedSecret()).isNull();
            JsonNode topics = Output.json(serve.get(TOPICS, null).body());
            assertThat(topics.has("topics")).isTrue();
            assertThat(RawHttp.send(serve.port(), RawHttp.head("GET", TOPICS, "Host: evil.example"))
                            .status())
                    .isEqualTo(403);
        }
    }
}
