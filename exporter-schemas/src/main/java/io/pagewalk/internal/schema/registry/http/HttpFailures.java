package io.pagewalk.internal.schema.registry.http;

import io.pagewalk.error.Advice;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why there was no answer, and whether it is of any use to ask again. */
final class HttpFailures {
    private HttpFailures() {}

    /**
     * The failure that does not pass; null if it may.
     *
     * @param what was asked for, to begin the message with
     * @param url who was asked, without user and password
     */
    static @Nullable UsageException lasting(IOException failure, String what, String url) {
        if (failure instanceof BoundedBody.TooLargeException) {
            return new UsageException(
                    what + ": " + url + ": " + failure.getMessage() + ": check the schema registry's URL", failure);
        }
        if (has(failure, ProtocolException.class)) {
            return new UsageException(
                    what + ": " + url + " does not speak HTTP"
                            + (url.startsWith("http:")
                                    ? ": is it https://, or another port?"
                                    : ": is it another port?"),
                    failure);
        }
        if (has(failure, SSLException.class) && !has(failure, EOFException.class) && !isReset(failure)) {
            return new UsageException(
                    what + ": no TLS connection to " + url + ": " + tls(failure),
                    Advice.CHANGE_REGISTRY_SETTINGS,
                    failure);
        }
        return null;
    }

    private static String tls(IOException failure) {
        String said = causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .reduce("", (all, one) -> all + " " + one);
        if (said.contains("certification path") || said.contains("PKIX")) {
            return "its certificate is not one that is trusted here: ssl.truststore.location names the certificates that are";
        }
        if (said.contains("No subject alternative") || said.contains("No name matching")) {
            return "its certificate is that of another host: use the name that is in it";
        }
        if (said.contains("certificate_required")
                || said.contains("bad_certificate")
                || said.contains("certificate_unknown")) {
            return "it does not accept the client without a certificate, or the one that it has: ssl.keystore.location"
                    + " names one";
        }
        if (said.contains("recognized SSL message")) {
            return "it does not speak TLS: is it http://?";
        }
        return Reasons.line(causes(failure)
                .filter(SSLException.class::isInstance)
                .findFirst()
                .orElse(failure));
    }

    private static boolean isReset(IOException failure) {
        return causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> message.contains("Connection reset") || message.contains("Broken pipe"));
    }

    /**
     * What failed, in a few words. Servers that want a certificate may hang up without saying so: by TLS 1.3 the client has its connection by
     * then.
     */
    static String describe(IOException failure, String url) {
        if (has(failure, UnknownHostException.class) || has(failure, UnresolvedAddressException.class)) {
            return "its host cannot be resolved";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (has(failure, ConnectException.class)) {
            return "no connection";
        }
        if (String.valueOf(failure.getMessage()).contains("received no bytes")) {
            return "it hung up" + (url.startsWith("https:") ? ", perhaps for want of a certificate of the client" : "");
        }
        return "the connection failed (" + Reasons.line(failure) + ")";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return causes(failure).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }
}
