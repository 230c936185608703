package io.pagewalk.cli.command;

import io.pagewalk.Pages;
import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.cli.page.PageConnectionOptions;
import io.pagewalk.cli.page.PageOptions;
import io.pagewalk.cli.page.RemotePage;
import io.pagewalk.cli.page.SecretOptions;
import io.pagewalk.cli.parse.SharedSettings;
import io.pagewalk.cli.schema.PageSchemaOptions;
import io.pagewalk.cli.text.PageJson;
import io.pagewalk.error.UsageException;
import io.pagewalk.http.record.Showing;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.ListingToken;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.schema.Decoding;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints one page of records. */
@Command(
        name = "page",
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "pagewalk page --bootstrap-server=HOST:PORT (--topic=TOPIC | --page-token=TOKEN) [OPTION]...",
            "       pagewalk page --server=URL (--topic=TOPIC | --page-token=TOKEN) [OPTION]..."
        },
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = {
            "Prints one page of records as a JSON document: records, nextPageToken (null when nothing remains), remaining.",
            "The first page freezes where the walk ends; it stores nothing, the token has everything."
        },
        footer = {
            "  pagewalk page --bootstrap-server localhost:9092 --topic orders --records 20 --direction desc",
            "  pagewalk page --bootstrap-server localhost:9092 --page-token \"$token\" | jq -c '.records[]'"
        })
public final class PageCommand implements Callable<Integer>, SharedSettings {
    /** Uncompressed payload; a page is held in memory. */
    private static final long MAX_BYTES = 64L << 20;
    /** What a page comes to as JSON is held, too, before any of it is printed. */
    private static final long MAX_DECODED = 128L << 20;
    /** A schema registry has the time that its client gives it. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Console console;

    @Mixin
    private final PageConnectionOptions connection = new PageConnectionOptions();

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Mixin
    private final PageOptions page = new PageOptions();

    @Mixin
    private final PayloadOptions payloads = new PayloadOptions();

    @Mixin
    private final PageSchemaOptions schemas = new PageSchemaOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public PageCommand(Console console) {
        this.console = console;
    }

    @Override
    public boolean takes(String option, Predicate<String> isSet) {
        return PageOptions.takes(option, isSet) && PageSchemaOptions.takes(option, isSet);
    }

    @Override
    public Integer call() throws IOException {
        ListingToken given = page.token(console);
        ListingSpec first = given == null ? page.firstPage() : null;
        if (connection.server() != null) {
            remote(connection.server(), given, first);
        } else {
            local(given, first);
        }
        return ExitCode.COMPLETE.code();
    }

    private void local(@Nullable ListingToken given, @Nullable ListingSpec first) throws IOException {
        Decoding decoding = new Decoding(
                schemas.keys(payloads.keyFormat), schemas.values(payloads.valueFormat), PATIENCE, MAX_DECODED);
        try (Pagewalk pagewalk = connection.open(console, schemas);
                Pages pages = pagewalk.pages(1, Long.MAX_VALUE)) {
            Showing showing = new Showing(payloads.choices(), pages.decoder(decoding));
            ListingToken token = first == null ? Objects.requireNonNull(given) : pages.first(first, RecordFilter.ALL);
            try (ListedPage listed = pages.read(token, RecordFilter.ALL, PageLimits.ofBytes(MAX_BYTES))) {
                ListingToken next = listed.next();
                PageJson.write(
                        listed.records(),
                        showing,
                        next == null ? null : next.encode(),
                        next == null ? 0 : next.walk().remaining(),
                        console.out());
            }
        }
    }

    private void remote(String server, @Nullable ListingToken given, @Nullable ListingSpec first) throws IOException {
        if (connection.namesCluster()) {
            throw new UsageException("--server and --bootstrap-server exclude each other");
        }
        schemas.requireNoneForServer();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("key_format", payloads.keyFormat.toString());
        parameters.put("value_format", payloads.valueFormat.toString());
        parameters.put("header_format", payloads.headerFormat.toString());
        parameters.put("max_bytes", Long.toString(MAX_BYTES));
        if (given != null) {
            parameters.put("page_size", Long.toString(given.walk().pageSize()));
            parameters.put("page_token", given.encode());
        } else if (first != null) {
            parameters.putAll(ofFirst(first));
        }
        String topic = given != null
                ? given.walk().topic()
                : Objects.requireNonNull(first).topic();
        RemotePage.Answer answer = new RemotePage(server, secrets.secret(console)).ask(topic, parameters);
        PageJson.writeObjects(answer.records(), answer.next(), answer.remaining(), console.out());
    }

    private static Map<String, String> ofFirst(ListingSpec first) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("page_size", Long.toString(first.pageSize()));
        parameters.put("from", first.from().toString());
        parameters.put("to", first.to().toString());
        parameters.put("direction", first.direction().toString());
        parameters.put("isolation_level", first.isolationLevel().toString());
        parameters.put("order", first.order().toString());
        if (!first.partitions().equals(PartitionSet.ALL)) {
            parameters.put("partitions", first.partitions().toString());
        }
        return parameters;
    }
}
