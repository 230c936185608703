package io.pagewalk.cli.command;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ConnectionOptions;
import io.pagewalk.cli.option.PageOptions;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.cli.parse.SharedSettings;
import io.pagewalk.cli.text.PageJson;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.kafka.KafkaSettings;
import io.pagewalk.internal.kafka.PageListing;
import io.pagewalk.internal.kafka.PageReader;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints one page of records. */
@Command(
        name = "page",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk page --bootstrap-server=HOST:PORT (--topic=TOPIC | --page-token=TOKEN) [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = {
            "Prints one page of records as a JSON document: records, nextPageToken (null when nothing remains), remaining.",
            "The first page freezes where the walk ends; it stores nothing, the token has everything."
        },
        footer = {
            "  pagewalk page --bootstrap-server localhost:9092 --topic orders --page-size 20 --direction desc",
            "  pagewalk page --bootstrap-server localhost:9092 --page-token \"$token\" | jq -c '.records[]'"
        })
public final class PageCommand implements Callable<Integer>, SharedSettings {
    /** Uncompressed payload; a page is held in memory. */
    private static final long MAX_BYTES = 64L << 20;

    private final Console console;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final PageOptions page = new PageOptions();

    @Mixin
    private final PayloadOptions payloads = new PayloadOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public PageCommand(Console console) {
        this.console = console;
    }

    @Override
    public boolean takes(String option, String text, Predicate<String> isSet) {
        return PageOptions.takes(option, text, isSet);
    }

    @Override
    public Integer call() throws Exception {
        Function<KafkaCluster, PageToken> start = start();
        KafkaSettings settings = connection.settings(console);
        Waits waits = new Waits();
        try (KafkaCluster cluster = new KafkaCluster(settings, new StopSignal(), waits)) {
            PageListing listing =
                    Watched.call(console, waits, settings.retryTimeout(), () -> read(cluster, start.apply(cluster)));
            new PageJson(payloads).write(listing, console.out());
        }
        return ExitCode.COMPLETE.code();
    }

    private static PageListing read(KafkaCluster cluster, PageToken token) throws IOException {
        PageListing listing;
        try (SliceReader reader = cluster.newReader(token.isolationLevel())) {
            listing = new PageReader(reader, MAX_BYTES).read(token);
        }
        // A topic deleted and created again in the meantime would have given a mix.
        cluster.validate(token);
        return listing;
    }

    /** Checks everything that can be checked without a cluster, and says what is left to ask it. */
    private Function<KafkaCluster, PageToken> start() {
        PageToken given = page.token(console);
        if (given == null) {
            ExportSpec request = page.firstPage();
            return cluster -> cluster.plan(request).token();
        }
        return cluster -> {
            cluster.validate(given);
            return given;
        };
    }
}
