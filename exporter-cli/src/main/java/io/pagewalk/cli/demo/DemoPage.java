package io.pagewalk.cli.demo;

import io.pagewalk.Locations;
import io.pagewalk.Pagewalk;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.http.FailureTexts.Told;
import io.pagewalk.http.PageServer;
import io.pagewalk.http.PageServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The page to browse the demo's topics, with what was exported of them, and with the schemas of the payments. */
final class DemoPage implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int READERS = 2;
    private static final long MEMORY = 64L << 20;

    private final DemoRegistry registry;
    private final Pagewalk pagewalk;
    private final PageServer server;
    private final String secret;

    private DemoPage(DemoRegistry registry, Pagewalk pagewalk, PageServer server, String secret) {
        this.registry = registry;
        this.pagewalk = pagewalk;
        this.server = server;
        this.secret = secret;
    }

    /** Serves it at a free port of this machine. */
    static DemoPage start(String servers, Path outputs) throws IOException {
        DemoRegistry registry = DemoRegistry.start(PaymentsChapter.TOPIC + "-value", Payment.SCHEMAS);
        String secret = PageServer.newSecret();
        Pagewalk pagewalk = null;
        try {
            pagewalk = Pagewalk.connect(servers)
                    .schemaRegistry(registry.url(), Map::of)
                    .open();
            PageServer server = PageServer.start(
                    pagewalk,
                    new PageServerSettings(
                            HOST, 0, List.of(), secret, READERS, MEMORY, "", List.of(Locations.directory(outputs))),
                    DemoPage::told);
            return new DemoPage(registry, pagewalk, server, secret);
        } catch (RuntimeException | Error e) {
            if (pagewalk != null) {
                pagewalk.close();
            }
            registry.close();
            throw e;
        }
    }

    private static Told told(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        return new Told(failure.code().code(), failure.message());
    }

    /** What to open, with the secret. */
    String address() {
        return "http://" + HOST + ":" + server.address().getPort() + "/#secret=" + secret;
    }

    @Override
    public void close() {
        server.close();
        pagewalk.close();
        registry.close();
    }
}
