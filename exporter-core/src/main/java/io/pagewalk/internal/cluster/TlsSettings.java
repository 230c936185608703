package io.pagewalk.internal.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Finds the setting for which a client cannot be made that speaks TLS. It looks at what the settings name itself, because what
 * parsers say of keys repeats parts of them. What it says names settings and files, and nothing that is in them.
 */
final class TlsSettings {
    private static final String KEYSTORE = "ssl.keystore";
    private static final String TRUSTSTORE = "ssl.truststore";
    private static final String PEM = "PEM";
    private static final long LARGEST_FILE = 10 << 20;

    private final AdminClientConfig config;

    private TlsSettings(AdminClientConfig config) {
        this.config = config;
    }

    /** What is wrong, and what to do; null if it cannot be found, or the client does not speak TLS. */
    static @Nullable String fault(KafkaSettings settings) {
        try {
            AdminClientConfig config = new AdminClientConfig(settings.adminConfig());
            if (!config.getString(AdminClientConfig.SECURITY_PROTOCOL_CONFIG)
                    .toUpperCase(Locale.ROOT)
                    .endsWith("SSL")) {
                return null;
            }
            TlsSettings tls = new TlsSettings(config);
            String ofKeys = tls.fault(
                    KEYSTORE,
                    List.of(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG));
            return ofKeys != null
                    ? ofKeys
                    : tls.fault(TRUSTSTORE, List.of(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG));
        } catch (KafkaException e) {
            return null;
        }
    }

    /** @param texts the settings that take PEM itself */
    private @Nullable String fault(String store, List<String> texts) {
        String location = config.getString(store + ".location");
        boolean pem = PEM.equals(config.getString(store + ".type"));
        Password password = config.getPassword(store + ".password");
        List<String> given =
                texts.stream().filter(name -> config.getPassword(name) != null).toList();
        if (!given.isEmpty()) {
            String first = given.get(0);
            if (!pem) {
                return first + " is given without " + store + ".type=PEM: set that, too";
            }
            if (location != null) {
                return first + " and " + store + ".location are both given: remove one of them";
            }
            if (given.size() < texts.size()) {
                return first + " is given without "
                        + texts.stream()
                                .filter(name -> !given.contains(name))
                                .findFirst()
                                .orElseThrow()
                        + ": set that, too";
            }
        } else if (location == null) {
            return password == null ? null : store + ".password is given without " + store + ".location: set that, too";
        }
        if (pem && password != null) {
            return store + ".password is given, and PEM has none: remove it"
                    + (store.equals(KEYSTORE) ? "; the password of a key is ssl.key.password" : "");
        }
        return location == null ? ofTexts(texts) : ofFile(store, location, pem, password);
    }

    private @Nullable String ofTexts(List<String> texts) {
        for (String name : texts) {
            PemText text = new PemText(config.getPassword(name).value(), name);
            String fault = name.equals(SslConfigs.SSL_KEYSTORE_KEY_CONFIG)
                    ? text.keyFault(keyPassword())
                    : text.certificateFault();
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable Password keyPassword() {
        return config.getPassword(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
    }

    private @Nullable String ofFile(String store, String location, boolean pem, @Nullable Password password) {
        String setting = store + ".location";
        if (PemText.isPem(location)) {
            return setting + " takes the name of a file, and was given PEM itself: that goes into "
                    + (store.equals(KEYSTORE)
                            ? "ssl.keystore.key and ssl.keystore.certificate.chain"
                            : "ssl.truststore.certificates");
        }
        String where = setting + " (" + location + ")";
        Path file;
        try {
            file = Path.of(location);
        } catch (InvalidPathException e) {
            return setting + " is not the name of a file";
        }
        if (!Files.exists(file)) {
            return where + ": there is no such file";
        }
        if (Files.isDirectory(file)) {
            return where + " is a directory: name the file";
        }
        if (!Files.isReadable(file)) {
            return where + " may not be read: check its permissions";
        }
        try {
            String text = Files.size(file) > LARGEST_FILE ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
            if (PemText.isPem(text) != pem) {
                return pem
                        ? where + " is not PEM: set " + store + ".type to what it is, PKCS12 or JKS"
                        : where + " is PEM: set " + store + ".type=PEM"
                                + (password == null ? "" : ", and remove " + store + ".password");
            }
            return pem ? ofPem(store, new PemText(text, where)) : ofStore(store, file, where, password);
        } catch (IOException e) {
            return where + " cannot be read: " + e.getClass().getSimpleName();
        }
    }

    private @Nullable String ofPem(String store, PemText text) {
        String ofKey = store.equals(KEYSTORE) ? text.keyFault(keyPassword()) : null;
        return ofKey != null ? ofKey : text.certificateFault();
    }

    private @Nullable String ofStore(String store, Path file, String where, @Nullable Password password)
            throws IOException {
        String type = config.getString(store + ".type");
        if (store.equals(KEYSTORE) && password == null) {
            return store + ".password is missing, and " + where + " cannot be opened without it";
        }
        char[] chars = password == null ? null : password.value().toCharArray();
        KeyStore keys;
        try (InputStream in = Files.newInputStream(file)) {
            keys = KeyStore.getInstance(type);
            keys.load(in, chars);
        } catch (KeyStoreException e) {
            return store + ".type is not one that Java knows: use PKCS12, JKS or PEM";
        } catch (IOException | GeneralSecurityException e) {
            return causes(e).anyMatch(UnrecoverableKeyException.class::isInstance)
                    ? store + ".password is not that of " + where
                    : where + " is damaged, or not what " + store + ".type says: set that to PKCS12, JKS or PEM";
        }
        try {
            Password given = keyPassword();
            for (String alias : Collections.list(keys.aliases())) {
                if (store.equals(KEYSTORE) && keys.isKeyEntry(alias)) {
                    keys.getKey(alias, given == null ? chars : given.value().toCharArray());
                }
            }
        } catch (GeneralSecurityException e) {
            return "ssl.key.password is not that of the key in " + where + ": correct it"
                    + ", or remove it if it is the same as " + store + ".password";
        }
        return null;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
