package io.pagewalk.internal.http.guard;

import io.pagewalk.internal.http.server.Exchange;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a request is answered at all. */
public final class Guard {
    /** Asked by what runs the server, which knows neither its names nor its secret; they tell nothing of any topic. */
    private static final Set<String> FOR_ALL = Set.of("/healthz", "/readyz");
    /** What has no data in it. */
    private static final Set<String> WITHOUT_SECRET = Set.of("/", "/openapi.yaml");

    private static final String FILES_OF_PAGE = "/page/";

    /**
     * Why one is refused.
     *
     * @param status of the answer
     * @param reason in one line
     */
    public record Refusal(int status, String reason) {}

    private final HostList hosts;
    private final @Nullable Secret secret;
    private final Tickets tickets;

    /** @param secret null if everybody may ask */
    public Guard(Collection<String> hosts, @Nullable Secret secret, Tickets tickets) {
        this.hosts = new HostList(hosts);
        this.secret = secret;
        this.tickets = tickets;
    }

    /** Why a request is refused, or null if it is not. */
    public @Nullable Refusal refusal(Exchange exchange) {
        String path = exchange.path();
        if (FOR_ALL.contains(path)) {
            return null;
        }
        List<String> asked = exchange.headers("Host");
        if (asked.size() != 1 || asked.get(0).isBlank()) {
            return new Refusal(400, "a request needs one Host header");
        }
        if (!hosts.has(asked.get(0))) {
            return new Refusal(
                    403, "this server does not answer by the name of the Host header; --allow-host adds one");
        }
        if (path.startsWith("/api") && exchange.headers("Sec-Fetch-Site").contains("cross-site")) {
            return new Refusal(403, "pages of other sites may not ask this server");
        }
        boolean isWithoutData = WITHOUT_SECRET.contains(path) || path.startsWith(FILES_OF_PAGE);
        if (secret == null || isWithoutData || isKnown(exchange, secret)) {
            return null;
        }
        return new Refusal(401, "the secret is missing, or another one: send it as Authorization: Bearer SECRET");
    }

    private boolean isKnown(Exchange exchange, Secret known) {
        List<String> authorization = exchange.headers("Authorization");
        if (!authorization.isEmpty()) {
            return authorization.size() == 1 && known.isIn(authorization.get(0));
        }
        return exchange.query() != null && tickets.isGood(exchange.path() + "?" + exchange.query());
    }
}
