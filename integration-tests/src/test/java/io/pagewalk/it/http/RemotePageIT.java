package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Ports;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pagewalk page --server} prints what {@code pagewalk page --bootstrap-server} prints, and ends as that does. */
class RemotePageIT {
    private static final Map<String, String> KNOWN = Map.of("PAGEWALK_SECRET", Serving.SECRET);

    private static Serving serving;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        serving = Serving.start();
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    private static String url() {
        return "http://127.0.0.1:" + serving.port();
    }

    private static Cli.Result page(Map<String, String> environment, String where, String address, String... more) {
        List<String> arguments = new ArrayList<>(List.of("page", where, address));
        arguments.addAll(List.of(more));
        return Cli.run(environment, "", arguments.toArray(String[]::new));
    }

    private static Cli.Result remote(String... more) {
        return page(KNOWN, "--server", url(), more);
    }

    private static Cli.Result local(String... more) {
        return page(Map.of(), "--bootstrap-server", Broker.servers(), more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--records=7",
                "--records=7 --direction=desc",
                "--records=20 --order=time --direction=desc",
                "--records=20 --partitions=0,2 --from=offset:3 --to=offset:9",
                "--records=20 --from=2023-11-14T22:13:30Z --value-format=bytes --key-format=string",
                "--isolation-level=read_uncommitted"
            })
    void printsTheSameDocument(String options) throws Exception {
        try (Records records = Records.filled("remote", 12, 0, 31)) {
            List<String> arguments = new ArrayList<>(List.of("--topic", records.topic()));
            arguments.addAll(List.of(options.split(" ")));
            String[] first = arguments.toArray(String[]::new);

            String there = remote(first).exits(0).out();

            assertThat(there).isEqualTo(local(first).exits(0).out());
            String token = Output.json(there).get("nextPageToken").textValue();
            if (token != null) {
                assertThat(remote("--page-token", token).exits(0).out())
                        .isEqualTo(local("--page-token", token).exits(0).out());
            }
        }
    }

    @Test
    void takesTheSecretFromAFile() throws Exception {
        Path file = Files.writeString(dir.resolve("secret"), Serving.SECRET + "\n");
        try (Records records = Records.filled("remotefile", 3)) {
            assertThat(page(
                                    Map.of(),
                                    "--server",
                                    url() + "/",
                                    "--secret-file",
                                    file.toString(),
                                    "--topic",
                                    records.topic())
                            .exits(0)
                            .out())
                    .isEqualTo(local("--topic", records.topic()).out());
        }
    }

    @Test
    void aWrongSecretIs2() {
        Cli.Result wrong = page(Map.of("PAGEWALK_SECRET", "not-the-secret"), "--server", url(), "--topic", "any");

        assertThat(wrong.exits(2).error())
                .contains("the secret is missing, or another one")
                .doesNotContain("not-the-secret");
        assertThat(page(Map.of(), "--server", url(), "--topic", "any").exits(2).error())
                .contains("the secret is missing");
    }

    @Test
    void anUnknownTopicIs2() {
        assertThat(remote("--topic", "remotenone").exits(2).error()).contains("remotenone");
        assertThat(local("--topic", "remotenone").exits(2).error()).contains("remotenone");
    }

    @Test
    void lostRecordsAre4() {
        try (Records records = Records.filled("remotegone", 9)) {
            String token = nextOf(records);
            Broker.deleteRecords(records.topic(), 0, 7);

            assertThat(remote("--page-token", token).exits(4).error())
                    .contains(records.topic() + "-0: offsets [3, 7) are gone");
        }
    }

    /** What is wrong comes as the last line of an answer that ends without its end. */
    @Test
    void aRecordThatIsNotOfItsFormatIs6AlsoBehindManyOthers() {
        try (Records records = Records.into(Broker.topic("remotewrong", 1))) {
            for (int i = 0; i < 200; i++) {
                records.send(0, null, "{}".getBytes(UTF_8));
            }
            records.send(0, null, "no".getBytes(UTF_8)).flush();

            for (int attempt = 0; attempt < 10; attempt++) {
                assertThat(remote("--topic", records.topic(), "--records=300", "--value-format=json")
                                .exits(6)
                                .error())
                        .contains(records.topic() + "-0 offset 200");
            }
        }
    }

    @Test
    void aRecreatedTopicIs7() {
        try (Records records = Records.filled("remoteanew", 9)) {
            String token = nextOf(records);
            Broker.recreate(records.topic(), 1);

            assertThat(remote("--page-token", token).exits(7).error()).contains(records.topic());
        }
    }

    private static String nextOf(Records records) {
        return Output.json(remote("--topic", records.topic(), "--records", "3")
                        .exits(0)
                        .out())
                .get("nextPageToken")
                .textValue();
    }

    @Test
    void aServerThatIsAwayIs1() throws Exception {
        int port = Ports.free(1).get(0);

        assertThat(page(KNOWN, "--server", "http://127.0.0.1:" + port, "--topic", "any")
                        .exits(1)
                        .error())
                .contains("the server http://127.0.0.1:" + port, "does not answer");
        assertThat(page(KNOWN, "--server", "http://none.invalid", "--topic", "any")
                        .exits(1)
                        .error())
                .contains("none.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8480",
                "ftp://127.0.0.1",
                "http://",
                "http://a b",
                "http:///x",
                "http://127.0.0.1:99999",
                "http://user:password@127.0.0.1:8480",
                "http://127.0.0.1:-1"
            })
    void whatIsNoAddressIs2(String address) {
        assertThat(page(KNOWN, "--server", address, "--topic", "any").exits(2).error())
                .contains("--server")
                .doesNotContain("password");
    }

    @Test
    void aServerOfAnotherKindIs1() throws Exception {
        try (HtmlServer other = new HtmlServer()) {
            for (int status : List.of(200, 404, 500)) {
                other.answer(status);
                assertThat(page(KNOWN, "--server", other.url(), "--topic", "any")
                                .exits(1)
                                .error())
                        .contains("the server");
            }
        }
    }
}
