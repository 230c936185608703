package io.pagewalk.cli;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Failures of the Kafka client that nothing below has given a meaning to. */
final class KafkaFailures {
    /** The text of a {@link ConfigException} about a value; it repeats the value. */
    private static final Pattern INVALID_VALUE =
            Pattern.compile("Invalid value (.*?) for configuration ([A-Za-z0-9._-]+)(: (.*))?", Pattern.DOTALL);

    /** Settings whose values help and tell nothing that should stay hidden. */
    private static final Set<String> HARMLESS = Set.of(
            "bootstrap.servers",
            "security.protocol",
            "sasl.mechanism",
            "client.dns.lookup",
            "config.providers",
            "ssl.protocol",
            "ssl.enabled.protocols",
            "ssl.keystore.type",
            "ssl.truststore.type",
            "max.poll.records",
            "fetch.max.bytes",
            "max.partition.fetch.bytes",
            "receive.buffer.bytes",
            "request.timeout.ms",
            "default.api.timeout.ms");

    private KafkaFailures() {}

    static Failure describe(KafkaException failure) {
        ConfigException config = Causes.find(failure, ConfigException.class);
        if (config != null) {
            return new Failure(ExitCode.USAGE, "Kafka client configuration: " + withoutValue(config));
        }
        AuthenticationException authentication = Causes.find(failure, AuthenticationException.class);
        if (authentication != null) {
            return new Failure(
                    ExitCode.USAGE,
                    "authentication failed: " + rootMessage(authentication)
                            + "; check the credentials and the security settings of --command-config and"
                            + " --command-property");
        }
        AuthorizationException authorization = Causes.find(failure, AuthorizationException.class);
        if (authorization != null) {
            return new Failure(ExitCode.USAGE, "not authorized: " + Failure.line(authorization));
        }
        InvalidTopicException topic = Causes.find(failure, InvalidTopicException.class);
        if (topic != null) {
            return new Failure(ExitCode.USAGE, Failure.line(topic));
        }
        if (isConstruction(failure) || Causes.find(failure, LoginException.class) != null) {
            return new Failure(ExitCode.USAGE, "the Kafka client cannot be set up: " + rootMessage(failure));
        }
        TimeoutException timeout = Causes.find(failure, TimeoutException.class);
        if (timeout != null) {
            return new Failure(
                    ExitCode.FAILED,
                    "the broker did not answer in time: " + Failure.line(timeout) + "; check --bootstrap-server");
        }
        ApiException api = Causes.find(failure, ApiException.class);
        return new Failure(ExitCode.FAILED, "Kafka: " + (api != null ? Failure.line(api) : rootMessage(failure)));
    }

    /** Constructors of clients fail for their configuration only: nothing has been sent by then. */
    private static boolean isConstruction(KafkaException failure) {
        @Nullable String message = failure.getMessage();
        return message != null
                && (message.startsWith("Failed to construct kafka")
                        || message.startsWith("Failed to create new Kafka"));
    }

    private static String withoutValue(ConfigException failure) {
        String message = Failure.line(failure);
        Matcher matcher = INVALID_VALUE.matcher(message);
        if (!matcher.matches() || HARMLESS.contains(matcher.group(2))) {
            return message;
        }
        String value = matcher.group(1);
        @Nullable String reason = matcher.group(4);
        boolean tellsReason = reason != null && !reason.contains(value);
        return "invalid value for " + matcher.group(2) + (tellsReason ? ": " + reason : "");
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = Causes.root(failure);
        return root instanceof java.io.IOException io ? Failure.describe(io) : Failure.line(root);
    }
}
