package io.pagewalk.internal.schema.registry.http;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Reads {@code ssl.*} as Kafka's clients do, with their own code. */
final class RegistryTls {
    private RegistryTls() {}

    /**
     * What connections are made with; null if no setting speaks of it. Where one setting has the prefix, those without it are Kafka's.
     *
     * @throws UsageException if the settings do not fit, or files cannot be read
     */
    static @Nullable SSLContext context(Map<String, String> given) {
        Map<String, String> tls = named(given, SettingNames.PREFIX);
        if (tls.isEmpty()) {
            tls = named(given, "");
        }
        if (tls.isEmpty()) {
            return null;
        }
        try {
            ConfigDef names = new ConfigDef();
            SslConfigs.addClientSslSupport(names);
            AbstractConfig config = new AbstractConfig(names, tls, Map.of(), false);
            String identified = config.getString(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
            try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
                factory.configure(config.values());
                return identified == null || identified.isBlank() ? ofAnyHost(config, factory) : factory.sslContext();
            }
        } catch (KafkaException | GeneralSecurityException e) {
            throw refused(tls);
        }
    }

    private static Map<String, String> named(Map<String, String> given, String prefix) {
        Map<String, String> tls = new HashMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(prefix) && SettingNames.isTls(name.substring(prefix.length()))) {
                tls.put(name.substring(prefix.length()), value);
            }
        });
        return tls;
    }

    /** Java's client compares the host's name whatever the settings say, unless who trusts certificates does it. */
    private static SSLContext ofAnyHost(AbstractConfig config, DefaultSslEngineFactory factory)
            throws GeneralSecurityException {
        KeyManager[] keys = null;
        KeyStore store = factory.keystore();
        if (store != null) {
            KeyManagerFactory made = KeyManagerFactory.getInstance(
                    Objects.requireNonNull(config.getString(SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG)));
            made.init(store, keyPassword(config));
            keys = made.getKeyManagers();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(
                Objects.requireNonNull(config.getString(SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG)));
        trust.init(factory.truststore());
        TrustManager[] managers = Stream.of(trust.getTrustManagers())
                .map(manager -> manager instanceof X509TrustManager known ? new TrustOfAnyHost(known) : manager)
                .toArray(TrustManager[]::new);
        SSLContext context = SSLContext.getInstance(config.getString(SslConfigs.SSL_PROTOCOL_CONFIG));
        context.init(keys, managers, null);
        return context;
    }

    private static char @Nullable [] keyPassword(AbstractConfig config) {
        Password password = config.getPassword(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        if (password == null) {
            password = config.getPassword(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        }
        return password == null ? null : password.value().toCharArray();
    }

    /** What Kafka's code says repeats parts of keys, so the fault is looked for. */
    private static UsageException refused(Map<String, String> tls) {
        Map<String, String> client = new HashMap<>(tls);
        client.put("security.protocol", "SSL");
        String fault = new KafkaSettings("127.0.0.1:1", client, Duration.ofSeconds(1)).tlsFault();
        return new UsageException(
                "schema registry: "
                        + (fault == null ? "TLS cannot be set up: one of the settings ssl.* is wrong" : fault),
                Advice.CHANGE_REGISTRY_SETTINGS);
    }
}
