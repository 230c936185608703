package io.pagewalk.internal.schema.registry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of OAuth's client credentials. One is used for 80 % of its life, or until it is refused. Safe for use by any number of
 * threads.
 */
final class OAuthTokens {
    private static final String WHAT = "token for the schema registry";
    private static final long PERCENT_OF_LIFE = 80;

    private final Credentials.OAuth credentials;
    private final HttpExchanges exchanges;
    private @Nullable String header;
    private long renewed;
    private long lifeNanos;

    OAuthTokens(Credentials.OAuth credentials, HttpExchanges exchanges) {
        this.credentials = credentials;
        this.exchanges = exchanges;
    }

    /**
     * What goes with a request.
     *
     * @throws IOException if there is none now
     * @throws UsageException if the server gives none
     */
    synchronized String header(Duration limit) throws IOException {
        if (header == null || System.nanoTime() - renewed > lifeNanos) {
            header = fetch(limit);
        }
        return header;
    }

    /** One was refused: the next request gets another. */
    synchronized void refused(String old) {
        if (old.equals(header)) {
            header = null;
        }
    }

    private String fetch(Duration limit) throws IOException {
        String form = "grant_type=client_credentials"
                + (credentials.scope().isBlank() ? "" : "&scope=" + URLEncoder.encode(credentials.scope(), UTF_8));
        long asked = System.nanoTime();
        RegistryReply reply = exchanges.post(
                WHAT,
                credentials.endpoint(),
                Map.of(
                        "Authorization",
                        RegistrySettings.basicHeader(credentials.clientId() + ":" + credentials.clientSecret())),
                form,
                limit);
        if (RegistryHttp.mayPass(reply.status())) {
            throw new IOException(credentials.endpoint() + " answered " + reply.status());
        }
        if (reply.status() != 200) {
            throw new UsageException(
                    WHAT + ": " + credentials.endpoint() + " gives none (" + reply.status() + "): check "
                            + SettingNames.BEARER_ENDPOINT + ", " + SettingNames.BEARER_CLIENT + ", "
                            + SettingNames.BEARER_SECRET + " and " + SettingNames.BEARER_SCOPE,
                    Advice.CHANGE_REGISTRY_SETTINGS);
        }
        JsonNode answer = reply.json();
        String token = answer.path("access_token").asText("");
        if (token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new UsageException(
                    WHAT + ": the answer of " + credentials.endpoint() + " has no 'access_token': check "
                            + SettingNames.BEARER_ENDPOINT,
                    Advice.CHANGE_REGISTRY_SETTINGS);
        }
        JsonNode life = answer.path("expires_in");
        renewed = asked;
        lifeNanos = life.canConvertToInt() && life.asInt() > 0
                ? Duration.ofSeconds(life.asInt()).toNanos() / 100 * PERCENT_OF_LIFE
                : Long.MAX_VALUE;
        return "Bearer " + token;
    }
}
