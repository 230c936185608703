package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.Interrupts;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ConnectionOptions;
import io.pagewalk.cli.page.ServeOptions;
import io.pagewalk.cli.page.ServedExportsOptions;
import io.pagewalk.cli.schema.RegistryOptions;
import io.pagewalk.http.FailureTexts;
import io.pagewalk.http.PageServer;
import io.pagewalk.http.PageServerSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves pages of records over HTTP, until it is stopped. */
@Command(
        name = "serve",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk serve --bootstrap-server=HOST:PORT [--listen=HOST:PORT] [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = {
            "Serves pages of records over HTTP, until SIGINT or SIGTERM. It reads only, and keeps nothing: a page token has all"
                    + " that a client needs to go on.",
            "Opened in a browser, its address has a page to browse topics, search them, and see what is exported of each.",
            "Prints its address, with a secret that it has made, unless --secret-file or PAGEWALK_SECRET has one."
        },
        footer = {
            "  pagewalk serve --bootstrap-server localhost:9092 --exports /data/lake",
            "  curl -H \"Authorization: Bearer $secret\" 'http://localhost:8480/api/v1/topics/orders/records?page_size=20'"
        })
public final class ServeCommand implements Callable<Integer> {
    /** What is under way may take so long to end. */
    private static final Duration STOPPING = Duration.ofSeconds(30);

    /** Somebody waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Console console;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ServeOptions serve = new ServeOptions();

    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Mixin
    private final ServedExportsOptions exports = new ServedExportsOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean isSecretNew = serve.isSecretNew(console);
        PageServerSettings settings = serve.settings(console, registry.context(), exports.outputs());
        CountDownLatch stop = new CountDownLatch(1);
        Interrupts.install(
                stop::countDown,
                () -> console.error("requests did not end within " + STOPPING.toSeconds() + " s"),
                STOPPING);
        try (Pagewalk pagewalk =
                connection.open(console, PATIENCE, registry, exports.hadoop(console), exports.hadoopFiles())) {
            // Who starts it with a wrong address is told at once.
            pagewalk.clusterId();
            try (PageServer server = PageServer.start(pagewalk, settings, this::told)) {
                tell(server.address(), settings, isSecretNew);
                stop.await();
                console.info("stopping: what is read is answered, streams end");
            }
        }
        return ExitCode.COMPLETE.code();
    }

    private FailureTexts.Told told(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        if (failure.code() == ExitCode.FAILED && common.debug()) {
            console.stackTrace(thrown);
        }
        return new FailureTexts.Told(failure.code().code(), console.withoutSecrets(failure.message()));
    }

    /** On standard output, where secrets are not hidden. */
    private void tell(InetSocketAddress address, PageServerSettings settings, boolean isSecretNew) {
        String host = settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]";
        String url = "http://" + host + ":" + address.getPort() + "/";
        console.out().println(isSecretNew ? url + "#secret=" + settings.secret() : url);
        console.out().flush();
    }
}
