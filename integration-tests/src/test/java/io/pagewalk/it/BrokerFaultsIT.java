package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.ListenersBroker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away and comes back, or a network that does, costs time; one that stays away, one line. */
class BrokerFaultsIT {
    /** So that a connection that has gone silent is given up soon. */
    private static final String[] IMPATIENT = {"--command-property", "request.timeout.ms=1000"};

    private static final String[] MANY_PAGES = {"--page-size", "20", "--retry-timeout", "30s"};
    /** One page, of files that take several fetches each. */
    private static final String[] ONE_PAGE = {"--page-size", "100000", "--file-size", "300", "--threads", "1"};

    @TempDir
    static Path shared;

    private static ListenersBroker broker;
    /** Many small records. */
    private static Records small;
    /** Some megabytes that do not compress. */
    private static Records large;

    @TempDir
    Path dir;

    private Output output;

    @BeforeAll
    static void start() throws Exception {
        broker = ListenersBroker.start(shared);
        small = records("small", 1);
        small.send(0, 1600).flush();
        large = records("large", 1);
        Random random = new Random(1);
        for (int i = 0; i < 1200; i++) {
            byte[] value = new byte[5000];
            random.nextBytes(value);
            large.send(0, null, value);
        }
        large.flush();
    }

    private static Records records(String topic, int partitions) {
        Topics.create(broker.servers(), topic, partitions, Map.of());
        return Records.into(topic, Map.of("bootstrap.servers", broker.servers()));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            Stream.of(small, large).forEach(Records::close);
        } finally {
            broker.close();
        }
    }

    @AfterEach
    void mend() throws Exception {
        broker.process().wake();
        broker.proxy().pass();
        broker.proxy().cut();
    }

    @Test
    void ridesOutABrokerThatIsKilledAndStartedAgain() throws Exception {
        CompletableFuture<Result> run = export(broker.servers(), "small", MANY_PAGES);
        int committed = underWay("small", run);

        broker.process().kill();
        broker.process().start();

        run.get(60, TimeUnit.SECONDS).exits(0);
        assertThat(committed).isLessThan(output.checkpoints("small") - 20);
        assertExact(small);
    }

    /** A broker writes down only once a minute where its logs start. */
    @Test
    @LongTest
    void isSatisfiedByLossesThoughAKilledBrokerHasTheirRecordsAgain() throws Exception {
        String[] onePage = {"--page-size", "40", "--max-pages", "1"};
        String[] rest = {"--page-size", "40", "--on-data-loss", "record"};
        try (Records records = records("returning", 1).send(0, 100).flush()) {
            Cli.run(arguments(broker.servers(), "returning", onePage)).exits(3);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
                admin.deleteRecords(Map.of(new TopicPartition("returning", 0), RecordsToDelete.beforeOffset(70)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            Cli.run(arguments(broker.servers(), "returning", rest)).exits(8);
            broker.process().kill();
            broker.process().start();

            String[] verify = {
                "verify",
                "--output",
                output.directory().toString(),
                "--against-topic",
                "--bootstrap-server",
                broker.servers()
            };
            assertThat(Cli.run(verify).exits(0).out()).contains("70 records the same, 30 on record as lost, but back");
            assertThat(output.rows())
                    .isEqualTo(records.rows().stream()
                            .filter(row -> row.offset() < 40 || row.offset() >= 70)
                            .toList());
        }
    }

    @Test
    void ridesOutAPauseLongerThanTheRequestTimeout() throws Exception {
        String[] warnedSoon = {"--retry-timeout", "12s"};
        try (CliProcess run =
                CliProcess.start(arguments(broker.servers(), "small", MANY_PAGES, IMPATIENT, warnedSoon))) {
            Eventually.isTrue("under way", () -> output.checkpoints("small") > 3 || !run.isAlive());
            broker.process().pause();
            Eventually.isTrue("stuck and said so", () -> said(run, "no progress"));
            broker.process().wake();

            run.await().exits(0);
        }
        assertExact(small);
    }

    @Test
    @LongTest
    void endsAtTheRetryTimeoutWhenAPauseLastsLonger() throws Exception {
        String[] timeout = {"--retry-timeout", "3s"};
        broker.proxy().throttle(2_000_000);
        CompletableFuture<Result> run = export(broker.proxiedServers(), "large", ONE_PAGE, timeout);
        Eventually.isTrue("under way", () -> files() > 0 || run.isDone());

        broker.process().pause();
        String error = run.get(60, TimeUnit.SECONDS).exits(1).error();

        assertThat(error)
                .containsPattern("large-0.* offset \\d+")
                .contains(" 3 s", "run again, with a longer --retry-timeout");
        broker.process().wake();
        Cli.run(arguments(broker.servers(), "large", ONE_PAGE)).exits(0);
        assertExact(large);
    }

    @Test
    @LongTest
    void isNotDisturbedByASlowConnection() throws Exception {
        broker.proxy().throttle(1_500_000);

        export(broker.proxiedServers(), "large", ONE_PAGE, new String[] {"--retry-timeout", "4s"})
                .get(60, TimeUnit.SECONDS)
                .exits(0);

        assertExact(large);
    }

    @Test
    void ridesOutConnectionsThatAreCut() throws Exception {
        CompletableFuture<Result> run = export(broker.proxiedServers(), "small", MANY_PAGES);
        for (int committed = 3; committed < 50; committed += 12) {
            int wanted = committed;
            Eventually.isTrue("under way", () -> output.checkpoints("small") > wanted || run.isDone());
            assertThat(run).isNotDone();
            broker.proxy().cut();
        }

        run.get(60, TimeUnit.SECONDS).exits(0);
        assertExact(small);
    }

    @Test
    void ridesOutConnectionsThatGoSilent() throws Exception {
        CompletableFuture<Result> run = export(broker.proxiedServers(), "small", MANY_PAGES, IMPATIENT);
        underWay("small", run);

        broker.proxy().swallow();
        int silent = broker.proxy().swallowed() + 3;
        Eventually.isTrue("given up, and tried again", () -> broker.proxy().swallowed() >= silent || run.isDone());
        assertThat(run).isNotDone();
        broker.proxy().pass();

        run.get(60, TimeUnit.SECONDS).exits(0);
        assertExact(small);
    }

    /** The first thing that a client asks on a connection is what the broker can do; whether it waits for that is chance. */
    @RepeatedTest(4)
    void ridesOutAConnectionThatIsSilentFromTheFirstWordOn() throws Exception {
        broker.proxy().swallow();
        int silent = broker.proxy().swallowed() + 1;
        String[] plan = {"plan", "--topic", "small", "--retry-timeout", "4s", "--bootstrap-server"};
        CompletableFuture<Result> run = CompletableFuture.supplyAsync(() ->
                Cli.run(Stream.of(plan, new String[] {broker.proxiedServers()}, IMPATIENT)
                        .flatMap(Stream::of)
                        .toArray(String[]::new)));
        Eventually.isTrue("asked", () -> broker.proxy().swallowed() >= silent || run.isDone());
        broker.proxy().pass();

        run.get(60, TimeUnit.SECONDS).exits(0);
    }

    @Test
    @LongTest
    void endsAtTheRetryTimeoutWhenConnectionsStaySilent() throws Exception {
        broker.proxy().throttle(2_000_000);
        CompletableFuture<Result> run =
                export(broker.proxiedServers(), "large", ONE_PAGE, new String[] {"--retry-timeout", "3s"});
        Eventually.isTrue("under way", () -> files() > 0 || run.isDone());

        broker.proxy().swallow();
        String error = run.get(60, TimeUnit.SECONDS).exits(1).error();

        assertThat(error)
                .containsPattern("large-0.* offset \\d+")
                .contains(" 3 s", "run again, with a longer --retry-timeout");
    }

    @Test
    void namesTheBrokerWhoseAdvertisedAddressGoesSilentInTheMiddle() throws Exception {
        broker.proxy().throttle(2_000_000);
        CompletableFuture<Result> run =
                export(broker.behindTheProxy(), "large", ONE_PAGE, new String[] {"--retry-timeout", "3s"});
        Eventually.isTrue("under way", () -> files() > 0 || run.isDone());

        broker.proxy().swallow();
        String error = run.get(60, TimeUnit.SECONDS).exits(1).error();

        assertThat(error)
                .containsPattern("large-0.* offset \\d+")
                .contains(
                        " 3 s",
                        "broker 1 at " + broker.proxiedServers() + ", which " + broker.behindTheProxy()
                                + " advertises, does not answer")
                .endsWith("run again, with a longer --retry-timeout to wait longer");
    }

    /** With this quota no fetch ever brings anything: each counts, also the one that is answered with nothing. */
    @Test
    void saysThatItsRequestsTakeMoreTimeThanAQuotaGrantsAndStopsOnRequest() throws Exception {
        broker.limit("asking", "request_percentage", 0.001);
        String[] asking = {"--command-property", "client.id=asking", "--retry-timeout", "10s"};

        try (CliProcess run = CliProcess.start(arguments(broker.servers(), "small", asking))) {
            Eventually.isTrue("told", () -> said(run, "throttled by a quota"));
            run.signal("TERM");

            assertThat(run.await().exits(3).err().lines().filter(line -> line.startsWith("pagewalk: warning: ")))
                    .anySatisfy(line -> assertThat(line)
                            .contains("throttled by a quota", "request_percentage", "client.id asking"));
        }
    }

    @Test
    void endsAtTheRetryTimeoutWhenTheServerNeverSaysAWord() throws Exception {
        broker.proxy().swallow();

        String error = export(broker.proxiedServers(), "small", new String[] {"--retry-timeout", "3s"})
                .get(60, TimeUnit.SECONDS)
                .exits(1)
                .error();

        assertThat(error).contains(broker.proxiedServers(), " 3 s", "run again, with a longer --retry-timeout");
    }

    @Test
    void authorizationLostInTheMiddleEndsAtOnce() throws Exception {
        broker.allow("small");
        String[] user = user();
        CompletableFuture<Result> run = export(broker.saslServers(), "small", MANY_PAGES, user);
        underWay("small", run);

        long revoked = System.nanoTime();
        broker.revoke("small");
        String error = run.get(60, TimeUnit.SECONDS).exits(2).error();

        assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(Duration.ofSeconds(15));
        assertThat(error).contains("small", "not permitted", "READ");
        broker.allow("small");
        Cli.run(arguments(broker.saslServers(), "small", MANY_PAGES, user)).exits(0);
        assertExact(small);
    }

    /** Compacted or not: the user may not know. */
    @Test
    void consumerGroupsThatMayNotBeSeenAreToldToBeMissing() throws Exception {
        String topic = "grouped";
        Topics.create(broker.servers(), topic, 1, Map.of());
        broker.allow(topic);
        try (Records records = Records.into(topic, Map.of("bootstrap.servers", broker.servers()))) {
            records.send(0, 4).flush();
        }

        Result export = Cli.run(
                        Stream.of(arguments(broker.saslServers(), topic, user()), new String[] {"--with-groups"})
                                .flatMap(Stream::of)
                                .toArray(String[]::new))
                .exits(0);

        assertThat(export.err())
                .contains(
                        "keeps what 0 consumer groups of topic grouped had committed", "takes DESCRIBE on the cluster");
    }

    @Test
    void anAuditWithoutDescribeConfigsClaimsNothingOfRecordsThatTheTopicLacks() throws Exception {
        String topic = "secretive";
        Topics.create(broker.servers(), topic, 1, Map.of());
        broker.allow(topic);
        try (Records records = Records.transactional(topic, Map.of("bootstrap.servers", broker.servers()))) {
            records.send(0, 4).commit().send(0, 4).commit();
        }

        Result export = Cli.run(arguments(broker.saslServers(), topic, user())).exits(0);
        // Offset 4 is a marker.
        new Forgery(output.directory(), topic)
                .replace(record ->
                        record.offset() == 3 ? List.of(record, Forgery.withOffset(record, 4)) : List.of(record));

        assertThat(export.err()).contains("whether topic secretive is compacted is unknown", "DESCRIBE_CONFIGS");
        assertThat(Output.json(new String(
                                output.entries(topic).get(output.entries(topic).firstKey()), UTF_8))
                        .get("compacted")
                        .isNull())
                .isTrue();
        String[] verify = {
            "verify",
            "--output",
            output.directory().toString(),
            "--against-topic",
            "--bootstrap-server",
            broker.saslServers()
        };
        String[] verifyAsUser = Stream.of(verify, user()).flatMap(Stream::of).toArray(String[]::new);
        assertThat(Cli.run(verifyAsUser).exits(9).out())
                .contains("offset 4", "may be compacted", "allow DESCRIBE_CONFIGS on topic secretive and verify again");
        broker.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE_CONFIGS);
        assertThat(Cli.run(verifyAsUser).exits(9).out()).contains("which is not compacted");
    }

    @Test
    void exportsOverTlsWhereTheCertificateIsTrusted() throws Exception {
        String[] trusting = {
            "--command-property", "security.protocol=SSL",
            "--command-property", "ssl.truststore.type=PEM",
            "--command-property", "ssl.truststore.location=" + broker.certificate()
        };

        Cli.run(arguments(broker.tlsServers(), "small", trusting)).exits(0);

        assertExact(small);
    }

    @Test
    void aCertificateThatIsNotTrustedEndsAtOnce() throws Exception {
        String error = atOnce(broker.tlsServers(), "--command-property", "security.protocol=SSL");

        assertThat(error).contains(broker.tlsServers(), "TLS", "ssl.truststore.location");
    }

    @Test
    void aPlainClientAtATlsPortEndsAtOnce() throws Exception {
        String error = atOnce(broker.tlsServers());

        assertThat(error).contains(broker.tlsServers(), "TLS", "security.protocol=SSL");
    }

    @Test
    @LongTest
    void aTlsClientAtAPlainPortEndsAtOnce() throws Exception {
        String error = atOnce(broker.servers(), "--command-property", "security.protocol=SSL");

        assertThat(error).contains(broker.servers(), "TLS", "security.protocol");
    }

    @Test
    void aPlainClientWhereAPasswordIsAskedForEndsAtOnce() throws Exception {
        String error = atOnce(broker.saslServers());

        assertThat(error).contains(broker.saslServers(), "SASL", "security.protocol");
    }

    @Test
    void aNameThatCannotBeResolvedEndsAtOnce() throws Exception {
        long started = System.nanoTime();
        String error = Cli.run(arguments("no-such-host.invalid:9092", "small", new String[0]))
                .exits(1)
                .error();

        assertThat(error).contains("no-such-host.invalid:9092", "resolved");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }

    /** The one line of a command that ends long before its retry timeout, and says that it was given wrongly. */
    private String atOnce(String servers, String... more) throws Exception {
        long started = System.nanoTime();
        String error;
        // In a process of its own: a client that takes one protocol for another wants a lot of memory.
        try (CliProcess run = CliProcess.start(arguments(servers, "small", more))) {
            error = run.await().exits(2).error();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        return error;
    }

    private static String[] user() {
        List<String> options = new ArrayList<>();
        for (String setting : ListenersBroker.userSettings()) {
            options.addAll(List.of("--command-property", setting));
        }
        return options.toArray(String[]::new);
    }

    private String[] arguments(String servers, String topic, String[]... more) {
        output = new Output(dir.resolve("out"));
        return Cli.exportArgumentsAt(
                servers,
                topic,
                output.directory(),
                Stream.of(more).flatMap(Stream::of).toArray(String[]::new));
    }

    private CompletableFuture<Result> export(String servers, String topic, String[]... more) {
        String[] arguments = arguments(servers, topic, more);
        return CompletableFuture.supplyAsync(() -> Cli.run(arguments));
    }

    /** Waits until some pages are committed; how many. */
    private int underWay(String topic, CompletableFuture<Result> run) {
        Eventually.isTrue("under way", () -> output.checkpoints(topic) > 3 || run.isDone());
        assertThat(run).isNotDone();
        return output.checkpoints(topic);
    }

    private long files() {
        return output.directory().toFile().exists()
                ? output.allFiles().stream()
                        .filter(file -> file.matches("[^/]*\\.parquet"))
                        .count()
                : 0;
    }

    private static boolean said(CliProcess run, String text) {
        try {
            return run.err().contains(text) || !run.isAlive();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void assertExact(Records records) {
        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete(records.topic());
    }
}
