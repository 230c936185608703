package io.pagewalk.internal.iceberg;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Iceberg's own REST catalog, of its test fixtures, before a catalog in SQLite. Its own main listens on all interfaces; this one on
 * 127.0.0.1. Started alone it serves until it is ended: {@code RestServer DIRECTORY PORT WAREHOUSE NAME=VALUE...}, where the last ones are
 * settings of Hadoop.
 */
public final class RestServer {
    private final Server server;
    private final ServerConnector connector;
    private final Catalog catalog;

    RestServer(Path directory) {
        this(directory, 0, directory.resolve("warehouse").toUri().toString(), new Configuration());
    }

    /** @param port the one to listen on, or 0 for a free one */
    private RestServer(Path directory, int port, String warehouse, Configuration hadoop) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "type", "jdbc",
                "uri", "jdbc:sqlite:" + directory.resolve("rest.db"),
                "warehouse", warehouse,
                "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO",
                "jdbc.schema-version", "V1"));
        catalog = CatalogUtil.buildIcebergCatalog("rest", settings, hadoop);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
        context.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
        server = new Server();
        connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    String uri() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        ((JdbcCatalog) catalog).close();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Configuration hadoop = new Configuration();
        for (int i = 3; i < arguments.length; i++) {
            int end = arguments[i].indexOf('=');
            hadoop.set(arguments[i].substring(0, end), arguments[i].substring(end + 1));
        }
        Path directory = Path.of(arguments[0]);
        new RestServer(directory, Integer.parseInt(arguments[1]), arguments[2], hadoop).server.join();
    }
}
