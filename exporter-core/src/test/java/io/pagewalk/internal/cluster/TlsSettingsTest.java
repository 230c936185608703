package io.pagewalk.internal.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.admin.AdminCalls;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to give keys and certificates wrongly is told by the setting it is in: the clients are Kafka's own. */
class TlsSettingsTest {
    private static final String PASSWORD = "st0re-Secret";
    private static final String KEY_PASSWORD = "k3y-Secret";
    /** Where the PKCS#1 form begins in the PKCS#8 form of an RSA key of 2048 bits. */
    private static final int PKCS1 = 26;

    @TempDir
    static Path dir;

    private static Path p12;
    private static Path jks;
    private static byte[] key;
    private static String keyPem;
    private static String encryptedPem;
    private static String certificatePem;

    @BeforeAll
    static void makeKeys() throws Exception {
        p12 = dir.resolve("keys.p12");
        jks = dir.resolve("keys.jks");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=test",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        p12.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance(p12.toFile(), PASSWORD.toCharArray());
        Key made = store.getKey("key", PASSWORD.toCharArray());
        Certificate certificate = store.getCertificate("key");
        KeyStore other = KeyStore.getInstance("JKS");
        other.load(null, null);
        other.setKeyEntry("key", made, KEY_PASSWORD.toCharArray(), new Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(jks)) {
            other.store(out, PASSWORD.toCharArray());
        }
        key = made.getEncoded();
        keyPem = pem("PRIVATE KEY", key);
        certificatePem = pem("CERTIFICATE", certificate.getEncoded());
        Cipher cipher = Cipher.getInstance("PBEWithSHA1AndDESede");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance("PBEWithSHA1AndDESede")
                        .generateSecret(new PBEKeySpec(KEY_PASSWORD.toCharArray())));
        encryptedPem = pem(
                "ENCRYPTED PRIVATE KEY",
                new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded());
    }

    @Test
    void takesWhatIsSound() throws Exception {
        open("ssl.truststore.location", p12, "ssl.truststore.password", PASSWORD);
        open("ssl.keystore.location", p12, "ssl.keystore.password", PASSWORD);
        open("ssl.keystore.location", jks, "ssl.keystore.password", PASSWORD, "ssl.key.password", KEY_PASSWORD);
        open("ssl.truststore.type", "PEM", "ssl.truststore.certificates", certificatePem);
        open(pemKeys(keyPem, certificatePem));
        open(pemKeys(encryptedPem, certificatePem, "ssl.key.password", KEY_PASSWORD));
        open("ssl.keystore.type", "PEM", "ssl.keystore.location", file("sound.pem", keyPem + certificatePem));
    }

    @Test
    void tellsOfAFileThatIsNotThere() {
        for (String store : List.of("ssl.keystore", "ssl.truststore")) {
            for (String type : List.of("PEM", "PKCS12", "JKS")) {
                String password = type.equals("PEM") ? null : PASSWORD;
                assertThat(told(
                                store + ".location",
                                dir.resolve("gone"),
                                store + ".type",
                                type,
                                store + ".password",
                                password))
                        .contains(store + ".location (" + dir.resolve("gone") + ")", "no such file");
            }
            assertThat(told(store + ".location", dir, store + ".password", PASSWORD))
                    .contains(store + ".location (" + dir + ")", "directory");
        }
    }

    @Test
    void tellsOfAWrongPassword() {
        for (String store : List.of("ssl.keystore", "ssl.truststore")) {
            for (Path file : List.of(p12, jks)) {
                assertThat(told(store + ".location", file, store + ".password", "wr0ng-Secret"))
                        .contains(store + ".password is not that of " + store + ".location (" + file + ")");
            }
        }
        assertThat(told("ssl.keystore.location", jks, "ssl.keystore.password", PASSWORD))
                .contains("ssl.key.password", jks.toString());
        assertThat(told(
                        "ssl.keystore.location",
                        jks,
                        "ssl.keystore.password",
                        PASSWORD,
                        "ssl.key.password",
                        "wr0ng-Secret"))
                .contains("ssl.key.password", jks.toString());
        assertThat(told("ssl.keystore.location", p12)).contains("ssl.keystore.password is missing");
    }

    @Test
    void tellsOfATypeThatIsNotThatOfTheFile() throws Exception {
        Path pem = file("keys.pem", keyPem + certificatePem);
        for (String store : List.of("ssl.keystore", "ssl.truststore")) {
            assertThat(told(store + ".location", pem)).contains(pem.toString(), "is PEM", store + ".type=PEM");
            assertThat(told(store + ".location", pem, store + ".password", PASSWORD))
                    .contains(pem.toString(), "is PEM", store + ".type=PEM", "remove " + store + ".password");
            assertThat(told(store + ".location", p12, store + ".type", "PEM"))
                    .contains(p12.toString(), "is not PEM", store + ".type");
            assertThat(told(store + ".location", pem, store + ".type", "PEM", store + ".password", PASSWORD))
                    .contains(store + ".password", "remove it");
            assertThat(told(store + ".location", p12, store + ".type", "PKCS99", store + ".password", PASSWORD))
                    .contains(store + ".type", "PKCS12");
            assertThat(told(store + ".location", file("junk", "junk"), store + ".password", PASSWORD))
                    .contains(dir.resolve("junk").toString(), "damaged", store + ".type");
            assertThat(told(store + ".location", keyPem, store + ".password", PASSWORD))
                    .contains(store + ".location takes the name of a file");
        }
    }

    @Test
    void tellsOfAKeyThatIsNotPkcs8() throws Exception {
        Map<String, byte[]> others = Map.of(
                "RSA PRIVATE KEY", Arrays.copyOfRange(key, PKCS1, key.length),
                "EC PRIVATE KEY", Arrays.copyOfRange(key, PKCS1, key.length),
                "OPENSSH PRIVATE KEY", "openssh-key-v1".getBytes(US_ASCII));
        for (Map.Entry<String, byte[]> other : others.entrySet()) {
            String text = pem(other.getKey(), other.getValue());
            assertThat(told(pemKeys(text, certificatePem)))
                    .contains("ssl.keystore.key", other.getKey(), "PKCS#8", "openssl pkcs8 -topk8");
            Path file = file("other.pem", text + certificatePem);
            assertThat(told("ssl.keystore.type", "PEM", "ssl.keystore.location", file))
                    .contains("ssl.keystore.location (" + file + ")", other.getKey(), "openssl pkcs8 -topk8");
        }
    }

    @Test
    void tellsOfAKeysPassword() {
        assertThat(told(pemKeys(encryptedPem, certificatePem))).contains("ssl.keystore.key", "set ssl.key.password");
        assertThat(told(pemKeys(encryptedPem, certificatePem, "ssl.key.password", "wr0ng-Secret")))
                .contains("ssl.key.password is not that of the key in ssl.keystore.key");
        assertThat(told(pemKeys(keyPem, certificatePem, "ssl.key.password", KEY_PASSWORD)))
                .contains("ssl.keystore.key", "not encrypted", "remove ssl.key.password");
    }

    @Test
    void tellsOfWhatIsMissingOrTooMuch() throws Exception {
        assertThat(told("ssl.keystore.key", keyPem, "ssl.keystore.certificate.chain", certificatePem))
                .contains("ssl.keystore.key", "ssl.keystore.type=PEM");
        assertThat(told("ssl.truststore.certificates", certificatePem))
                .contains("ssl.truststore.certificates", "ssl.truststore.type=PEM");
        assertThat(told("ssl.keystore.type", "PEM", "ssl.keystore.key", keyPem))
                .contains("ssl.keystore.key is given without ssl.keystore.certificate.chain");
        assertThat(told("ssl.keystore.type", "PEM", "ssl.keystore.certificate.chain", certificatePem))
                .contains("ssl.keystore.certificate.chain is given without ssl.keystore.key");
        assertThat(told(pemKeys(keyPem, certificatePem, "ssl.keystore.location", p12.toString())))
                .contains("ssl.keystore.key and ssl.keystore.location are both given");
        assertThat(told("ssl.keystore.password", PASSWORD)).contains("without ssl.keystore.location");
        assertThat(told("ssl.truststore.password", PASSWORD)).contains("without ssl.truststore.location");
        assertThat(told("ssl.keystore.type", "PEM", "ssl.keystore.location", file("certs.pem", certificatePem)))
                .contains("certs.pem", "holds no private key");
        assertThat(told("ssl.keystore.type", "PEM", "ssl.keystore.location", file("two.pem", keyPem + keyPem)))
                .contains("two.pem", "2 private keys");
        assertThat(told("ssl.truststore.type", "PEM", "ssl.truststore.location", file("key.pem", keyPem)))
                .contains("key.pem", "holds no certificate");
        String half = certificatePem.substring(0, certificatePem.length() / 2) + "\n-----END CERTIFICATE-----\n";
        assertThat(told("ssl.truststore.type", "PEM", "ssl.truststore.certificates", half))
                .contains("ssl.truststore.certificates", "certificate that cannot be read");
        String halfKey = keyPem.substring(0, keyPem.length() / 2) + "\n-----END PRIVATE KEY-----\n";
        assertThat(told(pemKeys(halfKey, certificatePem))).contains("ssl.keystore.key", "key that cannot be read");
    }

    private static Object[] pemKeys(String keys, String certificates, String... more) {
        Object[] settings = {
            "ssl.keystore.type", "PEM", "ssl.keystore.key", keys, "ssl.keystore.certificate.chain", certificates
        };
        Object[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return all;
    }

    private static Path file(String name, String text) throws Exception {
        return Files.writeString(dir.resolve(name), text);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    private static void open(Object... namesAndValues) {
        Map<String, String> properties = new HashMap<>(Map.of("security.protocol", "SSL"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                properties.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
            }
        }
        KafkaSettings settings = new KafkaSettings("127.0.0.1:1", properties, Duration.ofSeconds(1));
        new AdminCalls(settings, new StopSignal(), new Waits()).close();
    }

    /** What is told of the settings when a client is made of them: one line, without anything secret. */
    private static String told(Object... namesAndValues) {
        String[] message = new String[1];
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> open(namesAndValues))
                .satisfies(failure -> message[0] = failure.getMessage());
        assertThat(message[0])
                .doesNotContain("Secret", "\n")
                .doesNotContain(
                        keyPem.substring(40, 60),
                        Base64.getEncoder().encodeToString(key).substring(40, 60));
        return message[0];
    }
}
