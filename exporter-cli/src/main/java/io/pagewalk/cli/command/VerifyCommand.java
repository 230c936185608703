package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.Verification;
import io.pagewalk.VerifyOptions;
import io.pagewalk.audit.Finding;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.Json;
import io.pagewalk.cli.document.VerifyDocument;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ComparisonOptions;
import io.pagewalk.cli.option.StoredExportOptions;
import io.pagewalk.cli.table.CatalogOptions;
import io.pagewalk.cli.text.VerifyText;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.topics.StoredTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Audits an export. */
@Command(
        name = "verify",
        synopsisHeading = "Usage: ",
        customSynopsis = "pagewalk verify --output=URI [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = {
            "Audits an export from its own log, and changes nothing: the log is whole, its pages tile the extent, every file"
                    + " is there with its size, checksum and number of records, and there is no other.",
            "",
            "With --iceberg-catalog-config it compares the table that follows the export, too.",
            "",
            "The exit code is 0 only if all is well; otherwise 9, with a line for each finding. An export that is not"
                    + " complete is a finding; losses that are on record are none. Of an output of many topics it audits each."
        },
        footer = {
            "  pagewalk verify --output /data/orders --deep",
            "  pagewalk verify --output /data/orders --against-topic --bootstrap-server localhost:9092"
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--deep", description = "Decode every record of every file, too.")
    private boolean deep;

    @Option(names = "--json", description = "Print the result as a JSON document.")
    private boolean json;

    @Option(
            names = "--runs",
            paramLabel = "last:N",
            description = "Of a series, audit the last N runs only; files of the others are not taken for extra"
                    + " (default: all runs).")
    @Nullable
    private String runs;

    @Mixin
    private final CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private final StoredExportOptions stored = new StoredExportOptions();

    @Mixin
    private final ComparisonOptions comparison = new ComparisonOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public VerifyCommand(Console console) {
        this.console = console;
    }

    private int lastRuns() {
        if (runs == null) {
            return VerifyOptions.ALL_RUNS;
        }
        if (!runs.matches("last:[1-9][0-9]{0,8}")) {
            throw new UsageException("--runs '" + runs + "' is not last: and a number of runs, such as last:7");
        }
        return Integer.parseInt(runs.substring("last:".length()));
    }

    private VerifyOptions options(Pagewalk pagewalk, Consumer<Finding> listener) {
        return VerifyOptions.builder(listener)
                .workers(console.workSite().auditors(pagewalk))
                .deep(deep)
                .againstTopic(comparison.againstTopic)
                .lastRuns(lastRuns())
                .build();
    }

    @Override
    public Integer call() {
        if (!comparison.againstTopic) {
            console.workSite().requireReachable(stored.output());
        }
        try (Pagewalk pagewalk = stored.open(console)) {
            List<StoredTopic> many = stored.many(pagewalk);
            return (many.isEmpty()
                            ? verify(pagewalk, stored.in(pagewalk))
                            : new EachTopic(console, stored.output().toString(), json)
                                    .run(many, export -> ofOne(pagewalk, export)))
                    .code();
        }
    }

    private EachTopic.Said ofOne(Pagewalk pagewalk, StoredExport export) {
        List<Finding> findings = new ArrayList<>();
        Verification verification = export.verify(options(pagewalk, findings::add));
        int table = tellTable(export, findings::add);
        List<String> lines = new ArrayList<>();
        findings.forEach(finding -> lines.add(VerifyText.line(finding)));
        lines.add(VerifyText.summary(verification, table));
        return new EachTopic.Said(
                verification.isAsRecorded() && table == 0 ? ExitCode.COMPLETE : ExitCode.FINDINGS,
                lines,
                VerifyDocument.of(verification, findings));
    }

    private ExitCode verify(Pagewalk pagewalk, StoredExport export) {
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> listener =
                json ? findings::add : finding -> console.out().println(VerifyText.line(finding));
        Verification verification = export.verify(options(pagewalk, listener));
        int table = tellTable(export, listener);
        if (json) {
            console.out().println(Json.document(VerifyDocument.of(verification, findings)));
        } else {
            VerifyText.lines(verification, table).forEach(console.out()::println);
        }
        return verification.isAsRecorded() && table == 0 ? ExitCode.COMPLETE : ExitCode.FINDINGS;
    }

    /** A table that follows has the files that the log says, and none that it does not; how much is otherwise. */
    private int tellTable(StoredExport export, Consumer<Finding> listener) {
        List<String> differences =
                catalog.tableOf(export, console).map(StoredTable::differences).orElse(List.of());
        differences.forEach(difference -> listener.accept(new Finding("the table that follows", difference)));
        return differences.size();
    }
}
