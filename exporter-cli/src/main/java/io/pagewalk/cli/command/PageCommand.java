package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ConnectionOptions;
import io.pagewalk.cli.option.PageOptions;
import io.pagewalk.cli.option.PayloadOptions;
import io.pagewalk.cli.parse.SharedSettings;
import io.pagewalk.cli.text.PageJson;
import io.pagewalk.model.PageToken;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
            "  pagewalk page --bootstrap-server localhost:9092 --topic orders --records 20 --direction desc",
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
    public boolean takes(String option, Predicate<String> isSet) {
        return PageOptions.takes(option, isSet);
    }

    @Override
    public Integer call() throws IOException {
        PageToken given = page.token(console);
        List<RecordView> records = new ArrayList<>();
        Consumer<RecordView> receiver = record -> records.add(record.copy());
        PageToken next;
        try (Pagewalk pagewalk = connection.open(console)) {
            next = given == null
                    ? pagewalk.firstPage(page.firstPage(), MAX_BYTES, receiver).next()
                    : pagewalk.page(given, MAX_BYTES, receiver).orElse(null);
        }
        new PageJson(payloads).write(records, next, console.out());
        return ExitCode.COMPLETE.code();
    }
}
