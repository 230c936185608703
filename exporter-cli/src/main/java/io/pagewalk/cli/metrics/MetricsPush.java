package io.pagewalk.cli.metrics;

import io.pagewalk.error.UsageException;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Pushgateway that figures are pushed to: a group for each export, to which a command adds what it knows. So what an earlier one
 * knew, and this one does not, stays there, as in {@link MetricsFile}.
 */
public final class MetricsPush {
    private static final String JOB = "pagewalk";

    private final String host;
    private final Scheme scheme;
    private final @Nullable String user;
    private final String password;

    private MetricsPush(String host, Scheme scheme, @Nullable String user, String password) {
        this.host = host;
        this.scheme = scheme;
        this.user = user;
        this.password = password;
    }

    /**
     * Takes the address apart.
     *
     * @param url {@code http://} or {@code https://}, maybe a user and a password, host and port
     * @throws UsageException if it is none; the message does not repeat it, as it may hold a password
     */
    public static MetricsPush of(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean bare = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if (uri.getHost() != null && bare && (scheme.equals("http") || scheme.equals("https"))) {
                String[] login = uri.getUserInfo() == null
                        ? new String[] {}
                        : uri.getUserInfo().split(":", 2);
                return new MetricsPush(
                        uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()),
                        Scheme.fromString(scheme),
                        login.length > 0 ? login[0] : null,
                        login.length > 1 ? login[1] : "");
            }
        } catch (URISyntaxException e) {
            // Said below, without the text.
            return refused();
        }
        return refused();
    }

    private static MetricsPush refused() {
        throw new UsageException(
                "--metrics-push is not the address of a Pushgateway: http:// or https://, host and port, and no path");
    }

    /** What messages must not show. */
    public String secret() {
        return password;
    }

    /** Where it is, without credentials. */
    @Override
    public String toString() {
        return host;
    }

    /**
     * Pushes them.
     *
     * @param output what the exports are in
     * @throws IOException if the gateway does not take them; some may have been pushed
     */
    public void push(String output, Collection<ExportFigures> figures) throws IOException {
        for (ExportFigures one : figures) {
            Metrics metrics = new Metrics(output);
            metrics.add(one);
            PushGateway.Builder gateway = PushGateway.builder()
                    .address(host)
                    .scheme(scheme)
                    .format(Format.PROMETHEUS_TEXT)
                    .job(JOB)
                    .groupingKey("output", output)
                    .groupingKey("export", one.export())
                    .groupingKey("topic", one.topic());
            if (user != null) {
                gateway.basicAuth(user, password);
            }
            gateway.build().pushAdd(metrics::snapshots);
        }
    }
}
