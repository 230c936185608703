package io.pagewalk.internal.cluster;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.MismatchedEndpointTypeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns the clients' exceptions into the decisions a caller has to make. */
public final class KafkaFailures {
    private KafkaFailures() {}

    /**
     * The exception of Pagewalk's own that tells what to do about a failure.
     *
     * @param doing what was being done, to begin the message with
     */
    public static PagewalkException translate(Throwable failure, String doing, KafkaSettings settings) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PagewalkException known) {
            return known;
        }
        if (cause instanceof InterruptException) {
            return new StoppedException(doing + ": interrupted", cause);
        }
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof SslAuthenticationException) {
                return new UsageException(
                        doing + ": no TLS connection to " + notAccepted(settings) + ": "
                                + TlsRefusals.explain(reason, settings),
                        cause);
            }
            if (reason instanceof AuthenticationException) {
                return new UsageException(
                        doing + ": " + settings.bootstrapServers() + " refused the credentials: " + reason.getMessage(),
                        Advice.CHANGE_CLIENT_SETTINGS,
                        cause);
            }
            if (reason instanceof AuthorizationException) {
                return new UsageException(
                        doing + ": not permitted: "
                                + String.valueOf(reason.getMessage()).replaceFirst("\\.$", "")
                                + "; ask for READ and DESCRIBE on the topic",
                        cause);
            }
            if (reason instanceof ConfigException invalid) {
                if (isUnresolvable(invalid)) {
                    return new ExportFailedException(
                            doing + ": no host of " + settings.bootstrapServers()
                                    + " can be resolved; check the names, or run again",
                            cause);
                }
                return new UsageException(doing + ": " + withoutValue(invalid), Advice.CHANGE_CLIENT_SETTINGS, cause);
            }
        }
        if (isConstruction(cause)) {
            String fault = TlsSettings.fault(settings);
            return new UsageException(
                    doing + ": the Kafka client cannot be set up: " + (fault == null ? reason(cause) : fault),
                    fault == null ? Advice.CHANGE_CLIENT_SETTINGS : Advice.NONE,
                    cause);
        }
        if (cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException) {
            return new UsageException(
                    doing + ": no such topic on " + settings.bootstrapServers()
                            + ", or it may not be seen; check its name, and ask for DESCRIBE on it",
                    cause);
        }
        if (isDamage(cause)) {
            return new ExportFailedException(
                    doing + ": the records there are damaged on the broker (" + rootMessage(cause)
                            + "); let another replica lead the partition and run again, or export what is before and"
                            + " after them into other outputs",
                    cause);
        }
        if (cause instanceof UnsupportedVersionException || cause instanceof MismatchedEndpointTypeException) {
            Findings found = new BrokerCheck(settings).lookBriefly();
            return found.isHopeless()
                    ? new UsageException(doing + ": " + found.text(), found.advice(), cause)
                    : new UsageException(doing + ": the broker is too old: " + cause.getMessage(), cause);
        }
        if (cause instanceof TimeoutException) {
            return silence(cause, doing, settings);
        }
        return new ExportFailedException(doing + ": " + rootMessage(cause) + "; run again", cause);
    }

    private static PagewalkException silence(Throwable cause, String doing, KafkaSettings settings) {
        Findings found = new BrokerCheck(settings).lookBriefly();
        if (found.isHopeless()) {
            return new UsageException(doing + ": " + found.text(), found.advice(), cause);
        }
        String limit = " within " + settings.retryTimeout().toSeconds() + " s";
        if (found.advertised() != null) {
            return new ExportFailedException(
                    doing + ": no answer" + limit + ": " + found.text(), Advice.WAIT_LONGER, cause);
        }
        return new ExportFailedException(
                doing + ": no answer from " + settings.bootstrapServers() + limit
                        + (cause.getCause() instanceof ApiException last ? ": " + last.getMessage() : ""),
                Advice.WAIT_LONGER,
                cause);
    }

    /**
     * The failure of a read that has waited for as long as it may.
     *
     * @param what was not seen for so long, to begin the message with
     */
    public static ExportFailedException silence(String what, KafkaSettings settings) {
        return new ExportFailedException(
                what + " for " + settings.retryTimeout().toSeconds() + " s" + hindrance(settings),
                Advice.WAIT_LONGER,
                null);
    }

    /**
     * Why nothing comes from the brokers, to be put behind a message that says so; empty if they can all be reached, or none of
     * the servers answers that the user named. Takes a few seconds.
     */
    public static String hindrance(KafkaSettings settings) {
        Findings found = new BrokerCheck(settings).lookBriefly();
        return found.advertised() == null ? "" : ": " + found.text();
    }

    /** Who does not accept the client, or is not accepted by it. */
    private static String notAccepted(KafkaSettings settings) {
        return new BrokerCheck(settings)
                .lookBriefly().obstacles().stream()
                        .filter(obstacle -> obstacle.kind() == Obstacle.Kind.NOT_ACCEPTED)
                        .map(Obstacle::who)
                        .map(who -> who.replaceFirst(",$", ""))
                        .findFirst()
                        .orElse(settings.bootstrapServers());
    }

    /** The consumer has no exception of its own for a batch whose checksum does not match. */
    private static boolean isDamage(Throwable failure) {
        for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
            String message = String.valueOf(reason.getMessage());
            if (reason instanceof CorruptRecordException
                    || (reason instanceof KafkaException
                            && (message.startsWith("Record batch for partition ")
                                    || message.startsWith("Record for partition "))
                            && message.contains(" is invalid, cause: "))) {
                return true;
            }
        }
        return false;
    }

    /** A name server that is away for a moment looks just like a wrong name. */
    private static boolean isUnresolvable(ConfigException invalid) {
        return String.valueOf(invalid.getMessage()).startsWith("No resolvable bootstrap urls");
    }

    /** A client that cannot even be made has sent nothing yet: only its settings can be wrong. */
    private static boolean isConstruction(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof KafkaException
                && (message.startsWith("Failed to construct kafka ")
                        || message.startsWith("Failed to create new Kafka"));
    }

    /** Kafka's text repeats the offending value, which may be a secret. */
    private static String withoutValue(ConfigException invalid) {
        String text = String.valueOf(invalid.getMessage());
        int from = text.indexOf("Invalid value ");
        int to = text.indexOf(" for configuration ");
        return from >= 0 && to > from ? text.substring(0, from) + "Invalid value" + text.substring(to) : text;
    }

    /**
     * What went wrong in the end, in one text. What a parser says of a setting that holds a secret is not passed on: it repeats
     * what it could not parse.
     */
    public static String reason(Throwable failure) {
        if (comesFrom(failure, "org.apache.kafka.common.security.Jaas") || isOfLoginModule(failure)) {
            return "sasl.jaas.config cannot be understood: it takes the class of a login module, 'required', NAME=\"VALUE\""
                    + " for each option, and ';' at the end";
        }
        if (comesFrom(failure, "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory$Pem")) {
            return "keys or certificates in PEM cannot be understood; they are in ssl.keystore.key,"
                    + " ssl.keystore.certificate.chain and ssl.truststore.certificates, or in the files that"
                    + " ssl.keystore.location and ssl.truststore.location name; keys have to be PKCS#8";
        }
        return rootMessage(failure);
    }

    private static boolean comesFrom(Throwable failure, String classes) {
        for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
            StackTraceElement[] trace = reason.getStackTrace();
            if (reason.getCause() == null
                    && Arrays.stream(trace).anyMatch(at -> at.getClassName().startsWith(classes))) {
                return true;
            }
        }
        return false;
    }

    /** The name of a module that is not there is whatever stood in its place. */
    private static boolean isOfLoginModule(Throwable failure) {
        for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
            if (reason instanceof LoginException
                    && String.valueOf(reason.getMessage()).contains("LoginModule")) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && (root instanceof KafkaException || root.getMessage() == null)) {
            root = root.getCause();
        }
        if (root instanceof NoSuchFileException || root instanceof FileNotFoundException) {
            return "no such file: " + root.getMessage();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
