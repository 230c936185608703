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
 * 127.0.0.1, on a free port. Started alone, with a directory as its argument, it prints its address and serves until it is ended.
 */
public final class RestServer {
    private final Server server;
    private final ServerConnector connector;
    private final Catalog catalog;

    RestServer(Path directory) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "type", "jdbc",
                "uri", "jdbc:sqlite:" + directory.resolve("rest.db"),
                "warehouse", directory.resolve("warehouse").toUri().toString(),
                "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO",
                "jdbc.schema-version", "V1"));
        catalog = CatalogUtil.buildIcebergCatalog("rest", settings, new Configuration());
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
        context.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
        server = new Server();
        connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
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
        RestServer server = new RestServer(Path.of(arguments[0]));
        System.out.println(server.uri());
        server.server.join();
    }
}
