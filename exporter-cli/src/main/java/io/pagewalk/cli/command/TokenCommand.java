package io.pagewalk.cli.command;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.document.TokenDocument;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.parse.TokenText;
import io.pagewalk.cli.text.Headlines;
import io.pagewalk.cli.text.Human;
import io.pagewalk.cli.text.TextTable;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.PlanFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a page token says. */
@Command(
        name = "token",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk token TOKEN [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExample:%n",
        description = "Tells what a page token says. Needs no broker.",
        footer = "  pagewalk status --output /data/orders --json | jq -r .nextPageToken | pagewalk token -")
public final class TokenCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TOKEN", description = "The token; - reads it from standard input.")
    private String token = "";

    @Option(names = "--json", description = "Print it as a JSON document.")
    private boolean json;

    @Mixin
    final CommonOptions common = new CommonOptions();

    public TokenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String text = TokenText.of(token, console);
        // A walk's token says more than what a listing of the rest of it would have.
        ListingToken listing = text.startsWith("pw") ? null : ListingToken.parse(text);
        PageToken walk = listing == null ? PageToken.parse(text) : listing.walk();
        if (json) {
            console.out().println(Json.document(TokenDocument.of(walk, listing)));
        } else {
            lines(walk, listing).forEach(console.out()::println);
        }
        return ExitCode.COMPLETE.code();
    }

    private static List<String> lines(PageToken token, @Nullable ListingToken listing) {
        List<String> lines = new ArrayList<>();
        lines.add("Topic      " + Headlines.topic(token));
        lines.add("Walk       " + token.direction() + ", " + token.isolationLevel());
        lines.add("Page       " + token.page() + " is next, of up to " + Human.count(token.pageSize(), "record")
                + " in slices of up to " + Human.count(token.sliceSize()));
        if (listing != null) {
            lines.add("Listing    " + Human.count(listing.total(), "offset") + " from its first page on, "
                    + (listing.order() == ListingToken.Order.TIME ? "by time" : "in rounds over the partitions")
                    + (listing.filter() == 0 ? "" : ", of records that a filter chooses"));
        }
        lines.add("Remaining  "
                + (token.isExhausted()
                        ? "nothing: the walk is done"
                        : Human.count(token.remaining(), "offset") + " in "
                                + Human.count(PlanFigures.of(token).pages(), "page")));
        lines.add("");
        TextTable table = new TextTable("Partition", "Start", "End", "Offsets", "");
        for (int i = 0; i < token.partitionCount(); i++) {
            table.add(
                    Integer.toString(token.partition(i)),
                    Human.count(token.remaining(i).start()),
                    Human.count(token.remaining(i).end()),
                    Human.count(token.remaining(i).size()),
                    token.remaining(i).isEmpty() ? "exhausted" : "");
        }
        lines.addAll(table.lines());
        return lines;
    }
}
