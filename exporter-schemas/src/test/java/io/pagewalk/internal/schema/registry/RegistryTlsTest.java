package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
    private static final String PASSWORD = "st0re-Secret";

    @TempDir
    static Path dir;

    private static Path serverKeys;
    private static Path clientKeys;
    private static Path otherKeys;
    private static StandInRegistry open;
    private static StandInRegistry mutual;
    private static StandInRegistry ofAnotherHost;

    @BeforeAll
    static void start() throws Exception {
        serverKeys = keys("server", "SAN=ip:127.0.0.1");
        clientKeys = keys("client", "SAN=dns:client");
        otherKeys = keys("other", "SAN=dns:other.invalid");
        open = StandInRegistry.startTls(context(serverKeys, clientKeys), false);
        mutual = StandInRegistry.startTls(context(serverKeys, clientKeys), true);
        ofAnotherHost = StandInRegistry.startTls(context(otherKeys, clientKeys), false);
        for (StandInRegistry each : List.of(open, mutual, ofAnotherHost)) {
            each.register("a", "AVRO", "\"string\"");
        }
    }

    @AfterAll
    static void stop() {
        List.of(open, mutual, ofAnotherHost).forEach(StandInRegistry::close);
    }

    private static Path keys(String name, String extension) throws IOException, InterruptedException {
        Path store = dir.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        extension,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }

    private static SSLContext context(Path keys, Path trusted) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("client", certificate(trusted));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static java.security.cert.Certificate certificate(Path keys) throws Exception {
        return KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()).getCertificate("key");
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private static Map<String, String> trusting(Path keys) throws Exception {
        return new HashMap<>(Map.of(
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                pem("CERTIFICATE", certificate(keys).getEncoded())));
    }

    private static SchemaAnswer ask(String url, Map<String, String> properties) {
        return ask(url, properties, Duration.ofSeconds(10));
    }

    private static SchemaAnswer ask(String url, Map<String, String> properties, Duration timeout) {
        return new RegistryClient(RegistrySettings.of(url, properties, Map.of()), null, timeout, () -> false)
                .find(new SchemaKey.Id(1));
    }

    private static void requireFound(String url, Map<String, String> properties) {
        assertThat(ask(url, properties)).isInstanceOf(SchemaAnswer.Found.class);
    }

    private static void requireRefused(String url, Map<String, String> properties, String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ask(url, properties))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.toString()).doesNotContain(PASSWORD));
    }

    @Test
    void aCertificateHasToBeTrusted() throws Exception {
        requireFound(open.url(), trusting(serverKeys));
        requireRefused(open.url(), Map.of(), "not one that is trusted here");
        requireRefused(open.url(), trusting(clientKeys), "not one that is trusted here");
    }

    @Test
    void settingsWithThePrefixGoBeforeThoseOfKafka() throws Exception {
        Map<String, String> properties = new HashMap<>();
        trusting(serverKeys).forEach((name, value) -> properties.put("schema.registry." + name, value));
        properties.put("ssl.truststore.location", "/nowhere/kafka.jks");
        requireFound(open.url(), properties);
    }

    @Test
    void aClientShowsItsCertificate() throws Exception {
        Map<String, String> properties = trusting(serverKeys);
        // The server may hang up before what it says has arrived.
        assertThatExceptionOfType(PagewalkException.class)
                .isThrownBy(() -> ask(mutual.url(), properties, Duration.ofSeconds(6)))
                .withMessageContaining("certificate");
        Map<String, String> store = new HashMap<>(properties);
        store.putAll(Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                clientKeys.toString(),
                "ssl.keystore.password",
                PASSWORD));
        requireFound(mutual.url(), store);
        store.put("ssl.endpoint.identification.algorithm", "");
        requireFound(mutual.url(), store);
        Map<String, String> text = new HashMap<>(properties);
        KeyStore keys = KeyStore.getInstance(clientKeys.toFile(), PASSWORD.toCharArray());
        text.putAll(Map.of(
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                pem("CERTIFICATE", certificate(clientKeys).getEncoded()),
                "ssl.keystore.key",
                pem("PRIVATE KEY", keys.getKey("key", PASSWORD.toCharArray()).getEncoded())));
        requireFound(mutual.url(), text);
        text.put("ssl.endpoint.identification.algorithm", "");
        requireFound(mutual.url(), text);
    }

    @Test
    void theHostIsComparedUnlessThatIsTurnedOff() throws Exception {
        Map<String, String> properties = trusting(otherKeys);
        requireRefused(ofAnotherHost.url(), properties, "that of another host");
        properties.put("ssl.endpoint.identification.algorithm", "");
        requireFound(ofAnotherHost.url(), properties);
        requireRefused(open.url(), properties, "not one that is trusted here");
    }

    @Test
    void theOtherProtocolIsTold() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerInHttp(plain), "plain HTTP");
            server.start();
            requireRefused("https://127.0.0.1:" + plain.getLocalPort(), trusting(serverKeys), "is it http://?");
        }
    }

    /** As often as it is asked, and until the other side leaves: a connection that is reset would say nothing of protocols. */
    private static void answerInHttp(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket socket = plain.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                socket.getOutputStream().flush();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It was closed, by either side.
            }
        }
    }

    @Test
    void storesThatCannotBeReadAreToldByTheirSettings() {
        requireRefused(
                open.url(),
                Map.of("ssl.truststore.location", "/nowhere.p12", "ssl.truststore.password", PASSWORD),
                "ssl.truststore.location (/nowhere.p12): there is no such file");
        requireRefused(
                open.url(),
                Map.of(
                        "schema.registry.ssl.keystore.location",
                        clientKeys.toString(),
                        "schema.registry.ssl.keystore.type",
                        "PKCS12",
                        "schema.registry.ssl.keystore.password",
                        "wrong"),
                "ssl.keystore.password is not that of");
    }
}
