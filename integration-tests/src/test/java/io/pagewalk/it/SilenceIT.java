package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.ListenersBroker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever waits for brokers is told so, from the first question on, whatever the command. */
@LongTest
class SilenceIT {
    /** Told of after a third of it. */
    private static final String TIMEOUT = "3s";

    private static final int FETCH = 1;

    @TempDir
    static Path dir;

    private static ListenersBroker broker;
    private static Path output;

    @BeforeAll
    static void start() throws Exception {
        broker = ListenersBroker.start(dir);
        Topics.create(broker.servers(), "orders", 1, Map.of());
        try (Records records = Records.into("orders", Map.of("bootstrap.servers", broker.servers()))) {
            records.send(0, 100).flush();
        }
        output = dir.resolve("out");
        run("export", broker.servers(), "--topic", "orders", "--output", output.toString())
                .exits(0);
        run(
                        "export",
                        broker.servers(),
                        "--topic",
                        "orders",
                        "--output",
                        output + "-logged",
                        "--checkpoints",
                        "kafka:checkpoints")
                .exits(0);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @AfterEach
    void mend() throws Exception {
        broker.process().wake();
        broker.proxy().releaseAll();
        broker.proxy().cut();
    }

    static Stream<String> commands() {
        return Stream.of(
                "export --topic orders --output @-new --checkpoints kafka:checkpoints",
                "page --topic orders",
                "status --output @-logged",
                "export --topic orders --output @-new",
                "plan --topic orders",
                "verify --output @ --against-topic",
                "verify --output @-logged",
                "delete --output @-logged --yes");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void tellsOfABrokerThatStandsStillFromTheFirstQuestionOn(String command) throws Exception {
        broker.process().pause();

        Result result = run(command, broker.servers());

        assertThat(result.exits(1).error()).contains(broker.servers(), "within 3 s; ", "run again");
        assertThat(warnings(result))
                .first()
                .asString()
                .containsPattern("no progress for [0-2] s: the request to " + broker.servers()
                        + " .* waits for the brokers; gives up after 3 s \\(the retry timeout\\)");
    }

    @Test
    void tellsOfTheSampleThatItWaitsFor() {
        broker.proxy().hold(request -> isFetch(request));

        Result result = run("plan --topic orders", broker.proxiedServers());

        assertThat(result.exits(1).error()).contains("cannot read a sample of orders-0");
        assertThat(warnings(result)).first().asString().contains("the sample of orders-0 waits for the brokers");
    }

    @Test
    void tellsOfTheSearchThatItWaitsFor() {
        broker.proxy().hold(request -> isFetch(request));

        Result result = run(
                "plan --topic orders --from " + Instant.ofEpochMilli(Records.FIRST_TIMESTAMP + 50_000),
                broker.proxiedServers());

        assertThat(result.exits(1).error()).contains("cannot look for a time in orders-0");
        assertThat(warnings(result))
                .first()
                .asString()
                .contains("the search for a time in orders-0 waits for the brokers at offset");
    }

    @Test
    void tellsOfAPageThatItWaitsFor() throws Exception {
        String token = io.pagewalk.it.fixture.Output.json(run("page --topic orders --records 10", broker.servers())
                        .exits(0)
                        .out())
                .get("nextPageToken")
                .asText();
        broker.proxy().hold(request -> isFetch(request));

        Result result = run("page --page-token " + token, broker.proxiedServers());

        assertThat(result.exits(1).error()).contains("orders-0", "nothing arrived at offset 10");
        assertThat(warnings(result)).first().asString().contains("orders-0", "waits for the brokers at offset 10");
    }

    private static boolean isFetch(String request) {
        return request.length() > 5 && request.charAt(4) == 0 && request.charAt(5) == FETCH;
    }

    private static List<String> warnings(Result result) {
        return result.err()
                .lines()
                .filter(line -> line.startsWith("pagewalk: warning: "))
                .toList();
    }

    private static Result run(String command, String servers, String... more) {
        String[] given = command.replace("@", String.valueOf(output)).split(" ");
        String[] always = {"--bootstrap-server", servers, "--retry-timeout", TIMEOUT};
        return Cli.run(Stream.of(given, always, more).flatMap(Stream::of).toArray(String[]::new));
    }
}
