package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Ports;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.BrokerProcess;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.MisleadingBroker;
import io.pagewalk.it.fixture.MisleadingBroker.Listener;
import io.pagewalk.it.fixture.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server that is asked first answers, and sends clients to an address where they do not find a broker: the message names
 * that broker and that address.
 */
@LongTest
class AdvertisedAddressIT {
    @TempDir
    static Path shared;

    private static MisleadingBroker broker;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() throws Exception {
        broker = MisleadingBroker.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "page"})
    void aNameThatCannotBeResolvedIs2AndDoesNotTakeTheWholeRetryTimeout(String command) throws Exception {
        Duration[] took = new Duration[1];

        String error = run(command, Listener.NAMELESS, took).exits(2).error();

        assertThat(error)
                .contains(
                        "broker 1 at no-such-host.invalid:9092, which " + broker.servers(Listener.NAMELESS)
                                + " advertises, cannot be resolved",
                        "advertised.listeners");
        assertThat(took[0]).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Test
    void isToldAlsoOfALogInATopic() throws Exception {
        Topics.create(broker.servers(Listener.CLIENT), "logged", 1, Map.of());
        String[] log = {"--checkpoints", "kafka:logs"};
        Path output = dir.resolve("out");
        Cli.run(Cli.exportArgumentsAt(broker.servers(Listener.CLIENT), "logged", output, log))
                .exits(0);
        String[] status = {
            "status", "--output", output.toString(), "--bootstrap-server", broker.servers(Listener.NAMELESS)
        };

        String error = Cli.run(Stream.of(status, log).flatMap(Stream::of).toArray(String[]::new))
                .exits(2)
                .error();

        assertThat(error).contains("broker 1 at no-such-host.invalid:9092", "cannot be resolved");
    }

    /** As long as the retry timeout is shorter than what a passing fault of the name server may take. */
    @Test
    void aNameThatCannotBeResolvedForAMomentOnlyIs1() throws Exception {
        String error = run("plan", Listener.NAMELESS, new Duration[1], "--retry-timeout", "4s")
                .exits(1)
                .error();

        assertThat(error).contains("broker 1 at no-such-host.invalid:9092", "cannot be resolved", "4 s", "run again");
    }

    @ParameterizedTest
    @CsvSource({"REFUSING, refuses connections", "SILENT, does not answer"})
    void aBrokerThatIsNotThereIs1AndNamed(Listener listener, String fault) throws Exception {
        String error = run("plan", listener, new Duration[1], "--retry-timeout", "4s")
                .exits(1)
                .error();

        assertThat(error)
                .contains(
                        "broker 1 at " + broker.advertised(listener) + ", which " + broker.servers(listener)
                                + " advertises, " + fault,
                        "advertised.listeners",
                        "within 4 s")
                .endsWith("run again, with a longer --retry-timeout to wait longer");
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB", "CONTROLLING", "LOCKED", "OPEN"})
    void anotherKindOfListenerIs2(Listener listener) throws Exception {
        Duration[] took = new Duration[1];
        String fault = switch (listener) {
            case WEB -> "speaks HTTP";
            case CONTROLLING -> "is a KRaft controller, not a broker";
            case LOCKED -> "speaks TLS, and the client does not";
            default -> "does not speak TLS, and the client does";
        };

        String error = run("plan", listener, took, tls(listener)).exits(2).error();

        assertThat(error)
                .contains(
                        "broker 1 at " + broker.advertised(listener) + ", which " + broker.servers(listener)
                                + " advertises, " + fault,
                        "advertised.listeners");
        assertThat(took[0]).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aWebServerAsTheFirstServerIs2() throws Exception {
        assertThat(plan(broker.web()).exits(2).error())
                .contains(broker.web(), "HTTP", "port on which a broker listens");
    }

    @Test
    void theControllerAsTheFirstServerIs2() throws Exception {
        assertThat(plan(broker.controller()).exits(2).error())
                .contains(broker.controller(), "is a KRaft controller, not a broker");
    }

    /** A cluster in which one broker only is misplaced: it counts where it is needed. */
    @Test
    void namesTheOneOfTwoBrokersThatLeadsWhatIsRead() throws Exception {
        List<Integer> ports = Ports.free(5);
        String cluster = Uuid.randomUuid().toString();
        try (BrokerProcess first = node(1, cluster, ports, "127.0.0.1:" + ports.get(3));
                BrokerProcess second = node(2, cluster, ports, "no-such-host.invalid:9093")) {
            first.launch();
            second.launch();
            first.awaitReady();
            second.awaitReady();
            fill(first.servers() + "," + second.servers());
            String outside = "127.0.0.1:" + ports.get(3);
            Path output = dir.resolve("out");

            Cli.run(Cli.exportArgumentsAt(outside, "split", output, "--partitions", "0"))
                    .exits(0);
            assertThat(new Output(output).rows()).hasSize(5);
            assertThat(Cli.run(Cli.exportArgumentsAt(outside, "split", dir.resolve("all")))
                            .exits(2)
                            .error())
                    .contains("broker 2 at no-such-host.invalid:9093, which " + outside + " advertises");
        }
    }

    private BrokerProcess node(int id, String cluster, List<Integer> ports, String advertised) throws Exception {
        Map<String, String> settings = new HashMap<>();
        String client = "CLIENT://127.0.0.1:" + ports.get(id);
        settings.put("node.id", Integer.toString(id));
        settings.put("process.roles", id == 1 ? "broker,controller" : "broker");
        settings.put(
                "listeners",
                client + ",OUTSIDE://127.0.0.1:" + ports.get(2 + id)
                        + (id == 1 ? ",CONTROLLER://127.0.0.1:" + ports.get(0) : ""));
        settings.put("advertised.listeners", client + ",OUTSIDE://" + advertised);
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENT:PLAINTEXT,OUTSIDE:PLAINTEXT");
        return new BrokerProcess(dir.resolve("node-" + id), cluster, ports.get(0), ports.get(id), settings);
    }

    /** Partition 0 is led by broker 1, partition 1 by broker 2. */
    private static void fill(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("split", Map.of(0, List.of(1), 1, List.of(2)))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("split", i % 2, null, ("value " + i).getBytes(UTF_8)))
                        .get();
            }
        }
    }

    private String[] tls(Listener listener) throws Exception {
        return listener == Listener.OPEN
                ? new String[] {
                    "--command-property", "security.protocol=SSL",
                    "--command-property", "ssl.truststore.type=PEM",
                    "--command-property", "ssl.truststore.location=" + broker.certificate()
                }
                : new String[0];
    }

    private Result plan(String servers) throws Exception {
        try (CliProcess process = CliProcess.start("plan", "--bootstrap-server", servers, "--topic", "orders")) {
            return process.await();
        }
    }

    /** In a process of its own: a client that takes one protocol for another wants a lot of memory. */
    private Result run(String command, Listener listener, Duration[] took, String... more) throws Exception {
        Stream<String> given = Stream.of(command, "--bootstrap-server", broker.servers(listener), "--topic", "orders");
        Stream<String> what = command.equals("export")
                ? Stream.of("--output", dir.resolve("out").toString())
                : Stream.of();
        long begun = System.nanoTime();
        try (CliProcess process = CliProcess.start(
                Stream.concat(Stream.concat(given, what), Stream.of(more)).toArray(String[]::new))) {
            Result result = process.await();
            took[0] = Duration.ofNanos(System.nanoTime() - begun);
            return result;
        }
    }
}
