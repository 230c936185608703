package io.pagewalk.internal.schema.registry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a schema registry is, and how it lets in. Holds credentials: its {@code toString} is the URLs without them, and messages
 * name settings, never values. Immutable.
 */
public final class RegistrySettings {
    private final List<BaseUrl> urls;
    private final Credentials credentials;
    private final Map<String, String> headers;
    private final @Nullable InetSocketAddress proxy;
    private final @Nullable SSLContext tls;

    private RegistrySettings(
            List<BaseUrl> urls,
            Credentials credentials,
            Map<String, String> headers,
            @Nullable InetSocketAddress proxy,
            @Nullable SSLContext tls) {
        this.urls = urls;
        this.credentials = credentials;
        this.headers = headers;
        this.proxy = proxy;
        this.tls = tls;
    }

    /**
     * Reads settings, and the files with keys and certificates that they name.
     *
     * @param urls comma-separated, each with a path if the API has one, and with user and password if it has to; null where the properties
     *     name them
     * @param properties settings with Confluent's names, which may all begin with {@code schema.registry.}
     * @param environment what {@code ${env:NAME}} in a value stands for, unless there are config providers
     * @throws UsageException if something is missing, wrong or not supported
     */
    public static RegistrySettings of(
            @Nullable String urls, Map<String, String> properties, Map<String, String> environment) {
        Map<String, String> given = SettingValues.resolved(properties, environment);
        Map<String, String> plain = new HashMap<>();
        given.forEach((name, value) -> {
            if (!name.startsWith(SettingNames.PREFIX)) {
                plain.put(name, value);
            }
        });
        given.forEach((name, value) -> {
            if (name.startsWith(SettingNames.PREFIX)) {
                plain.put(name.substring(SettingNames.PREFIX.length()), value);
            }
        });
        String where = urls == null ? given.get(SettingNames.URL) : urls;
        if (where == null || where.isBlank()) {
            throw new UsageException("no schema registry is named");
        }
        return new RegistrySettings(
                BaseUrl.list(where), credentials(plain), headers(plain), proxy(plain), RegistryTls.context(given));
    }

    /** The names of the settings that are not used, because nothing is known of them here; sorted. */
    public static List<String> unused(Map<String, String> properties) {
        return properties.keySet().stream()
                .filter(name -> !SettingNames.isKnown(name))
                .sorted()
                .toList();
    }

    private static Credentials credentials(Map<String, String> given) {
        String basic = source(given, SettingNames.BASIC_SOURCE, SettingNames.BASIC_USER_INFO, "USER_INFO");
        String bearer = source(given, SettingNames.BEARER_SOURCE, SettingNames.BEARER_TOKEN, "STATIC_TOKEN");
        if (!bearer.isEmpty() && !basic.isEmpty() && !basic.equals("URL")) {
            throw wrong(SettingNames.BASIC_SOURCE + " and " + SettingNames.BEARER_SOURCE
                    + " are both given: remove what belongs to one of them");
        }
        return switch (bearer) {
            case "" -> basic(given, basic);
            case "STATIC_TOKEN" ->
                new Credentials.Header(
                        "Bearer " + required(given, SettingNames.BEARER_TOKEN, SettingNames.BEARER_SOURCE));
            case "OAUTHBEARER" -> oauth(given);
            default ->
                throw wrong(
                        SettingNames.BEARER_SOURCE + " is one that is not supported: use STATIC_TOKEN or OAUTHBEARER");
        };
    }

    private static Credentials basic(Map<String, String> given, String source) {
        return switch (source) {
            case "", "URL" -> new Credentials.OfUrl();
            case "USER_INFO" ->
                new Credentials.Header(
                        basicHeader(required(given, SettingNames.BASIC_USER_INFO, SettingNames.BASIC_SOURCE)));
            default -> throw wrong(SettingNames.BASIC_SOURCE + " is one that is not supported: use USER_INFO or URL");
        };
    }

    private static Credentials oauth(Map<String, String> given) {
        String endpoint = required(given, SettingNames.BEARER_ENDPOINT, SettingNames.BEARER_SOURCE);
        URI uri;
        try {
            uri = URI.create(endpoint.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(SettingNames.BEARER_ENDPOINT + " is not a URL");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw wrong(SettingNames.BEARER_ENDPOINT + " has to begin with http:// or https:// and a host");
        }
        return new Credentials.OAuth(
                uri,
                required(given, SettingNames.BEARER_CLIENT, SettingNames.BEARER_SOURCE),
                required(given, SettingNames.BEARER_SECRET, SettingNames.BEARER_SOURCE),
                given.getOrDefault(SettingNames.BEARER_SCOPE, ""));
    }

    /** What was named, or what is meant where only what goes with it was. */
    private static String source(Map<String, String> given, String name, String companion, String meant) {
        String source = given.getOrDefault(name, "").strip();
        return source.isEmpty() && given.containsKey(companion) ? meant : source;
    }

    private static String required(Map<String, String> given, String name, String because) {
        String value = given.get(name);
        if (value == null || value.isBlank()) {
            throw wrong(name + " is missing, and " + because + " needs it");
        }
        if (value.chars().anyMatch(c -> c < ' ')) {
            throw wrong(name + " holds a line break or another control character");
        }
        return value;
    }

    private static Map<String, String> headers(Map<String, String> given) {
        Map<String, String> headers = new HashMap<>();
        if (given.containsKey(SettingNames.BEARER_CLUSTER)) {
            headers.put("target-sr-cluster", required(given, SettingNames.BEARER_CLUSTER, "a cluster"));
        }
        if (given.containsKey(SettingNames.BEARER_POOL)) {
            headers.put("Confluent-Identity-Pool-Id", required(given, SettingNames.BEARER_POOL, "a pool"));
        }
        return Map.copyOf(headers);
    }

    private static @Nullable InetSocketAddress proxy(Map<String, String> given) {
        String host = given.getOrDefault(SettingNames.PROXY_HOST, "").strip();
        if (host.isEmpty()) {
            return null;
        }
        try {
            int port = Integer.parseInt(
                    given.getOrDefault(SettingNames.PROXY_PORT, "").strip());
            return InetSocketAddress.createUnresolved(host, port);
        } catch (IllegalArgumentException e) {
            throw wrong(SettingNames.PROXY_PORT + " is not the number of a port");
        }
    }

    private static UsageException wrong(String problem) {
        return new UsageException(problem, Advice.CHANGE_REGISTRY_SETTINGS);
    }

    static String basicHeader(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    List<BaseUrl> urls() {
        return urls;
    }

    Credentials credentials() {
        return credentials;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    InetSocketAddress proxy() {
        return proxy;
    }

    @Nullable
    SSLContext tls() {
        return tls;
    }

    /** The first URL. */
    public String firstUrl() {
        return urls.get(0).toString();
    }

    /** The URLs, without users and passwords. */
    @Override
    public String toString() {
        return urls.stream().map(BaseUrl::toString).collect(Collectors.joining(","));
    }
}
