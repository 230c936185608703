package io.pagewalk.internal.schema.registry.http;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.SslConfigs;

/** The names of settings, as Confluent's clients have them. Each may have {@link #PREFIX} before it. */
final class SettingNames {
    static final String PREFIX = "schema.registry.";
    static final String URL = "schema.registry.url";
    static final String PROVIDERS = "config.providers";
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";
    static final String BEARER_ENDPOINT = "bearer.auth.issuer.endpoint.url";
    static final String BEARER_CLIENT = "bearer.auth.client.id";
    static final String BEARER_SECRET = "bearer.auth.client.secret";
    static final String BEARER_SCOPE = "bearer.auth.scope";
    static final String BEARER_CLUSTER = "bearer.auth.logical.cluster";
    static final String BEARER_POOL = "bearer.auth.identity.pool.id";
    static final String PROXY_HOST = "proxy.host";
    static final String PROXY_PORT = "proxy.port";

    private static final Set<String> USED = Set.of(
            "url",
            BASIC_SOURCE,
            BASIC_USER_INFO,
            BEARER_SOURCE,
            BEARER_TOKEN,
            BEARER_ENDPOINT,
            BEARER_CLIENT,
            BEARER_SECRET,
            BEARER_SCOPE,
            BEARER_CLUSTER,
            BEARER_POOL,
            PROXY_HOST,
            PROXY_PORT);

    private static final Set<String> TLS = Set.of(
            SslConfigs.SSL_PROTOCOL_CONFIG,
            SslConfigs.SSL_PROVIDER_CONFIG,
            SslConfigs.SSL_CIPHER_SUITES_CONFIG,
            SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG,
            SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG,
            SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
            SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG);

    /** What begins like this says how to write or to read payloads, or how to keep schemas; files with settings often have these, too. */
    private static final List<String> OF_SERIALIZERS = List.of(
            "auto.register.",
            "use.latest.",
            "use.schema.",
            "id.compatibility.",
            "latest.",
            "normalize.",
            "schema.reflection",
            "schema.format",
            "avro.",
            "json.",
            "protobuf.",
            "specific.",
            "key.subject.",
            "value.subject.",
            "subject.name.",
            "context.name.",
            "reference.subject.",
            "key.schema.",
            "value.schema.",
            "rule.",
            "max.schemas.",
            "missing.",
            "propagate.",
            PROVIDERS);

    private SettingNames() {}

    static boolean isTls(String name) {
        return TLS.contains(name);
    }

    /** Whether it says something that nobody would miss. */
    static boolean isKnown(String given) {
        String name = given.startsWith(PREFIX) ? given.substring(PREFIX.length()) : given;
        return USED.contains(name) || isTls(name) || OF_SERIALIZERS.stream().anyMatch(name::startsWith);
    }
}
