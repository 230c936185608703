package io.pagewalk.internal.schema.registry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a registry is. User and password may stand in the text it is made of; what it shows is without them. */
final class BaseUrl {
    private static final String FORM = "URLs of a schema registry are like https://HOST:8081 or https://HOST/PATH";

    private final String text;
    private final @Nullable String userInfo;

    private BaseUrl(String text, @Nullable String userInfo) {
        this.text = text;
        this.userInfo = userInfo;
    }

    /**
     * @param urls comma-separated
     * @throws UsageException if one cannot be understood; the message does not repeat it, because it may hold a password
     */
    static List<BaseUrl> list(String urls) {
        List<BaseUrl> list = new ArrayList<>();
        for (String url : urls.split(",", -1)) {
            list.add(of(url.strip()));
        }
        return List.copyOf(list);
    }

    private static BaseUrl of(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String user = uri.getRawUserInfo();
            if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
                throw new UsageException("the schema registry's URL has to begin with http:// or https:// and a host; "
                        + FORM + ", several are separated by commas");
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new UsageException(
                        "the schema registry's URL has '?' or '#', and has to end with its path; " + FORM);
            }
            String path = uri.getRawPath().replaceFirst("/+$", "");
            String text = scheme + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
            return new BaseUrl(text, user == null ? null : URLDecoder.decode(user.replace("+", "%2B"), UTF_8));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new UsageException("the schema registry's URL cannot be understood; " + FORM
                    + "; in a user or password, write other characters than letters and digits as %XX");
        }
    }

    /** {@code USER:PASSWORD}, if the text had it. */
    @Nullable
    String userInfo() {
        return userInfo;
    }

    /** Without a slash at the end, and without user and password. */
    @Override
    public String toString() {
        return text;
    }
}
