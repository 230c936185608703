package io.pagewalk.internal.cluster;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/** Says why two that speak TLS do not accept each other, and which setting is about that. */
final class TlsRefusals {
    private static final String ALERT = "Received fatal alert: ";
    /** What brokers answer where they want a certificate and get none, or one that they do not take. */
    private static final List<String> OF_CERTIFICATES = List.of(
            "certificate_required",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");

    private static final List<String> OF_VERSIONS =
            List.of("protocol_version", "handshake_failure", "insufficient_security");

    private TlsRefusals() {}

    /** What is wrong, and what to do. */
    static String explain(Throwable refusal, KafkaSettings settings) {
        AdminClientConfig config = new AdminClientConfig(settings.adminConfig());
        String root = messages(refusal).reduce("", (first, second) -> second);
        if (causes(refusal).anyMatch(CertificateExpiredException.class::isInstance)) {
            return "the broker's certificate has expired (" + root + "): it has to be renewed on the broker";
        }
        if (causes(refusal).anyMatch(CertificateNotYetValidException.class::isInstance)) {
            return "the broker's certificate is not valid yet (" + root + "): compare this machine's clock";
        }
        if (any(refusal, "No subject alternative") || any(refusal, "No name matching")) {
            return "the broker's certificate is for another name (" + root
                    + "): connect by a name that it is for, or have it issued for this one; an empty"
                    + " ssl.endpoint.identification.algorithm would take it for any name";
        }
        if (any(refusal, "trustAnchors")) {
            return trusted(config) + " holds no certificate of an authority: put that of the broker's into it";
        }
        if (any(refusal, "PKIX") || any(refusal, "certification path") || any(refusal, "trust anchor")) {
            return "the broker's certificate is not one that " + trusted(config)
                    + " trusts: put the certificate of its authority there (ssl.truststore.location)";
        }
        if (any(refusal, "Unsupported or unrecognized SSL message") || any(refusal, "plaintext connection?")) {
            return "what listens there does not speak TLS: connect to another port, or set security.protocol to PLAINTEXT"
                    + " or SASL_PLAINTEXT";
        }
        String alert = messages(refusal)
                .filter(message -> message.contains(ALERT))
                .map(message -> message.substring(message.indexOf(ALERT) + ALERT.length()))
                .findFirst()
                .orElse("");
        if (OF_CERTIFICATES.contains(alert)) {
            return ofClientCertificate(config, alert);
        }
        if (OF_VERSIONS.contains(alert) || any(refusal, "No appropriate protocol")) {
            return "client and broker have no version or cipher of TLS in common (" + root
                    + "): check ssl.enabled.protocols and ssl.cipher.suites";
        }
        return root + ": check the ssl.* client settings, such as ssl.truststore.location";
    }

    private static String ofClientCertificate(AdminClientConfig config, String alert) {
        String keys = config.getString(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
        boolean text = config.getPassword(SslConfigs.SSL_KEYSTORE_KEY_CONFIG) != null;
        if (keys == null && !text) {
            return "the broker asks for a certificate of the client (" + alert
                    + "), and none is configured: set ssl.keystore.location, or ssl.keystore.key and"
                    + " ssl.keystore.certificate.chain";
        }
        return "the broker does not take the client's certificate (" + alert + "), the one in "
                + (text ? SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG : located("ssl.keystore.location", keys))
                + ": check that it is valid, and of an authority that the broker trusts";
    }

    private static String trusted(AdminClientConfig config) {
        String file = config.getString(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
        if (file != null) {
            return located("ssl.truststore.location", file);
        }
        return config.getPassword(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG) == null
                ? "Java, as ssl.truststore.location is not set,"
                : "ssl.truststore.certificates";
    }

    private static String located(String setting, @Nullable String file) {
        return setting + " (" + file + ")";
    }

    private static boolean any(Throwable refusal, String text) {
        return messages(refusal).anyMatch(message -> message.contains(text));
    }

    private static Stream<String> messages(Throwable refusal) {
        return causes(refusal).map(Throwable::getMessage).filter(Objects::nonNull);
    }

    private static Stream<Throwable> causes(Throwable refusal) {
        return Stream.iterate(refusal, Objects::nonNull, Throwable::getCause);
    }
}
