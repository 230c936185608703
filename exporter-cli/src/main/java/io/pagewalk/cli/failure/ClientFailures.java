package io.pagewalk.cli.failure;

import io.pagewalk.error.Reasons;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Failures of the Kafka client that nothing below has given a meaning to. */
final class ClientFailures {
    /** The text of a {@link ConfigException} about a value; it repeats the value, which may be a secret. */
    private static final Pattern INVALID_VALUE =
            Pattern.compile("Invalid value (.*?) for configuration ([A-Za-z0-9._-]+)(?:: (.*))?", Pattern.DOTALL);

    private ClientFailures() {}

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
            return new Failure(ExitCode.USAGE, "not permitted: " + Reasons.line(authorization));
        }
        return new Failure(ExitCode.FAILED, "Kafka: " + rootMessage(failure));
    }

    private static String withoutValue(ConfigException failure) {
        String message = Reasons.line(failure);
        Matcher matcher = INVALID_VALUE.matcher(message);
        if (!matcher.matches()) {
            return message;
        }
        String value = matcher.group(1);
        @Nullable String reason = matcher.group(3);
        boolean tellsReason = reason != null && !reason.contains(value);
        return "invalid value for " + matcher.group(2) + (tellsReason ? ": " + reason : "");
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = Causes.root(failure);
        return root instanceof IOException io
                ? Reasons.describe(io)
                : Reasons.oneLine(io.pagewalk.internal.cluster.KafkaFailures.reason(failure));
    }
}
