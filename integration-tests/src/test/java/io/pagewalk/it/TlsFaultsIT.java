package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Certificates;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.MisleadingBroker;
import io.pagewalk.it.fixture.MisleadingBroker.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where client and broker speak TLS and do not accept each other, the message names the setting that is about it. */
@LongTest
class TlsFaultsIT {
    @TempDir
    static Path shared;

    private static MisleadingBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = MisleadingBroker.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void whatIsTrustedGetsAsFarAsTheTopic() throws Exception {
        assertThat(plan(Listener.TLS, trusting(broker.certificate()))).contains("no such topic");
        assertThat(plan(Listener.MUTUAL, and(trusting(broker.certificate()), presenting(broker.client()))))
                .contains("no such topic");
        Path pem = Certificates.keyAndCertificate(broker.client());
        assertThat(plan(
                        Listener.MUTUAL,
                        and(
                                trusting(broker.certificate()),
                                List.of("ssl.keystore.type=PEM", "ssl.keystore.location=" + pem))))
                .contains("no such topic");
    }

    @Test
    void anAuthorityThatIsNotTrusted() throws Exception {
        assertThat(plan(Listener.TLS, List.of()))
                .contains(broker.servers(Listener.TLS), "certificate", "ssl.truststore.location is not set");
        assertThat(plan(Listener.TLS, trusting(broker.strangeCertificate())))
                .contains(
                        broker.servers(Listener.TLS),
                        "ssl.truststore.location (" + broker.strangeCertificate() + ")",
                        "trusts");
    }

    @Test
    void aCertificateForAnotherName() throws Exception {
        assertThat(plan(Listener.STRANGE, trusting(broker.strangeCertificate())))
                .contains(broker.servers(Listener.STRANGE), "another name", "127.0.0.1", "ssl.endpoint.identification");
    }

    @Test
    void aCertificateThatHasExpired() throws Exception {
        assertThat(plan(Listener.EXPIRED, trusting(broker.certificate())))
                .contains(broker.servers(Listener.EXPIRED), "has expired", "NotAfter", "renewed");
    }

    /** The broker that is not accepted is not the server that was asked first. */
    @Test
    void aCertificateOfABrokerThatIsAdvertised() throws Exception {
        assertThat(plan(Listener.ESTRANGED, trusting(broker.certificate())))
                .contains("broker 1 at " + broker.servers(Listener.STRANGE), broker.servers(Listener.ESTRANGED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noCertificateWhereTheBrokerWantsOne(String version) throws Exception {
        assertThat(plan(
                        Listener.MUTUAL,
                        and(trusting(broker.certificate()), List.of("ssl.enabled.protocols=" + version))))
                .contains(broker.servers(Listener.MUTUAL), "certificate of the client", "ssl.keystore.location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateThatTheBrokerDoesNotTake(String version) throws Exception {
        assertThat(plan(
                        Listener.MUTUAL,
                        and(
                                and(trusting(broker.certificate()), presenting(broker.stranger())),
                                List.of("ssl.enabled.protocols=" + version))))
                .contains(
                        broker.servers(Listener.MUTUAL),
                        "client's certificate",
                        "ssl.keystore.location (" + broker.stranger() + ")");
    }

    @Test
    void aWebServer() throws Exception {
        assertThat(plan(broker.web(), trusting(broker.certificate()))).contains(broker.web(), "HTTP");
    }

    private static List<String> trusting(Path certificate) {
        return List.of("ssl.truststore.type=PEM", "ssl.truststore.location=" + certificate);
    }

    private static List<String> presenting(Path store) {
        return List.of(
                "ssl.keystore.type=PKCS12",
                "ssl.keystore.location=" + store,
                "ssl.keystore.password=" + Certificates.PASSWORD);
    }

    private static List<String> and(List<String> some, List<String> more) {
        return Stream.of(some, more).flatMap(List::stream).toList();
    }

    private static String plan(Listener listener, List<String> settings) throws Exception {
        return plan(broker.servers(listener), settings);
    }

    /** What is said; it is a fault of the configuration, and known long before the retry timeout. */
    private static String plan(String servers, List<String> settings) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("plan", "--bootstrap-server", servers, "--topic", "orders", "--command-property"));
        arguments.add("security.protocol=SSL");
        settings.forEach(setting -> arguments.addAll(List.of("--command-property", setting)));
        long begun = System.nanoTime();
        String error = Cli.run(arguments.toArray(String[]::new)).exits(2).error();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(error).doesNotContain(Certificates.PASSWORD);
        return error;
    }
}
