package io.pagewalk.internal.schema.registry.http;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.Ticks;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry, at one of its URLs after the other, for as long as the retry timeout. Safe for use by any number of threads, which may
 * be interrupted.
 */
public final class RegistryHttp {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    private final RegistrySettings settings;
    private final Duration retryTimeout;
    private final BooleanSupplier stopped;
    private final Duration attempt;
    private final HttpExchanges exchanges;
    private final @Nullable OAuthTokens tokens;
    /** Which of the URLs has answered last. */
    private volatile int preferred;

    /**
     * @param retryTimeout how long a registry that does not answer is waited for
     * @param stopped whether to stop, asked every now and then from any thread
     */
    public RegistryHttp(RegistrySettings settings, Duration retryTimeout, BooleanSupplier stopped) {
        this.settings = settings;
        this.retryTimeout = retryTimeout;
        this.stopped = stopped;
        this.attempt = least(LONGEST_ATTEMPT, retryTimeout.dividedBy(2).plusMillis(1));
        this.exchanges = new HttpExchanges(settings, attempt, stopped);
        this.tokens =
                settings.credentials() instanceof Credentials.OAuth oauth ? new OAuthTokens(oauth, exchanges) : null;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Asks for something.
     *
     * @param what it is, to begin messages with
     * @param path from the registry's URL on, beginning with a slash, encoded
     * @return an answer with 200 or 404: what the latter means, the caller decides
     * @throws UsageException if the registry does not let in, or is none
     * @throws ExportFailedException if it does not answer
     * @throws StoppedException if the stop was asked for
     */
    public RegistryReply get(String what, String path) {
        return get(what, base -> base + path);
    }

    /**
     * Likewise of another place on the same server.
     *
     * @param place the place's URL, made of the registry's, on whose host it has to be
     */
    public RegistryReply get(String what, UnaryOperator<String> place) {
        List<BaseUrl> urls = settings.urls();
        Patience patience = new Patience(retryTimeout, Ticks.SYSTEM);
        boolean renewed = false;
        int first = preferred;
        String why = "";
        for (int i = 0; ; i++) {
            int index = (first + i) % urls.size();
            BaseUrl url = urls.get(index);
            long pause = 0;
            IOException cause = null;
            try {
                requireGoing(what);
                Duration limit = least(attempt, Duration.ofNanos(Math.max(1, patience.left())));
                String authorization = authorization(url, limit);
                RegistryReply reply = exchanges.get(what, place.apply(url.toString()), headers(authorization), limit);
                if (!mayPass(reply.status())) {
                    if (reply.status() == 401 && tokens != null && authorization != null && !renewed) {
                        renewed = true;
                        tokens.refused(authorization);
                        i--;
                        continue;
                    }
                    preferred = index;
                    return judged(what, url, reply);
                }
                why = "it answered " + reply.status();
                pause = retryAfter(reply.header("retry-after"));
            } catch (IOException e) {
                UsageException lasting = HttpFailures.lasting(e, what, url.toString());
                if (lasting != null) {
                    throw lasting;
                }
                // The last attempt may be cut short: what an earlier one met says more.
                why = why.isEmpty() || !(e instanceof HttpTimeoutException)
                        ? HttpFailures.describe(e, url.toString())
                        : why;
                cause = e;
            }
            patience.countAll();
            boolean last = (i + 1) % urls.size() == 0;
            if (!patience.isExhausted()
                    && (!last || pause(what, patience, Math.max(pause, backoff(i / urls.size()))))) {
                continue;
            }
            throw new ExportFailedException(
                    what + ": no answer from " + url + " within " + seconds() + " s: " + why,
                    Advice.WAIT_LONGER,
                    cause);
        }
    }

    private String seconds() {
        return retryTimeout.toMillis() % 1000 == 0
                ? Long.toString(retryTimeout.toSeconds())
                : Double.toString(retryTimeout.toMillis() / 1000.0);
    }

    /** Whether an answer may be another one a moment later. */
    static boolean mayPass(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private static RegistryReply judged(String what, BaseUrl url, RegistryReply reply) {
        return switch (reply.status()) {
            case 200, 404 -> reply;
            case 401 ->
                throw new UsageException(
                        what + ": the schema registry " + url + " refused the credentials, or wants some (401)",
                        Advice.CHANGE_REGISTRY_SETTINGS);
            case 403 ->
                throw new UsageException(
                        what + ": the schema registry " + url
                                + " does not permit it (403): ask for the right to read the subject's schemas",
                        Advice.CHANGE_REGISTRY_SETTINGS);
            default -> throw reply.wrong();
        };
    }

    private @Nullable String authorization(BaseUrl url, Duration limit) throws IOException {
        if (tokens != null) {
            return tokens.header(limit);
        }
        if (settings.credentials() instanceof Credentials.Header header) {
            return header.value();
        }
        String userInfo = url.userInfo();
        return userInfo == null ? null : RegistrySettings.basicHeader(userInfo);
    }

    private Map<String, String> headers(@Nullable String authorization) {
        if (authorization == null) {
            return settings.headers();
        }
        Map<String, String> headers = new HashMap<>(settings.headers());
        headers.put("Authorization", authorization);
        return headers;
    }

    private void requireGoing(String what) {
        if (stopped.getAsBoolean()) {
            throw new StoppedException(what + ": stopped");
        }
    }

    /** Half of it is left to chance, so that those who failed together do not ask again together. */
    private static long backoff(int round) {
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(round, 10));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    }

    /** Waits; returns whether there is time left then. A pause for which there is none is not begun. */
    private boolean pause(String what, Patience patience, long nanos) {
        if (nanos > patience.left()) {
            return false;
        }
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < nanos) {
            requireGoing(what);
            if (!patience.pause()) {
                return false;
            }
        }
        return true;
    }

    /** In nanoseconds; 0 if it says nothing that is understood. */
    private static long retryAfter(String text) {
        if (text.isBlank()) {
            return 0;
        }
        try {
            return TimeUnit.SECONDS.toNanos(Math.max(0, Long.parseLong(text.strip())));
        } catch (NumberFormatException e) {
            // It may be a date.
        }
        try {
            Instant when = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(Instant.now(), when).toNanos());
        } catch (DateTimeParseException | ArithmeticException e) {
            return 0;
        }
    }

    /** The URLs, without users and passwords. */
    @Override
    public String toString() {
        return settings.toString();
    }
}
