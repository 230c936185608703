package io.pagewalk.cli.command;

import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Finding;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.ComparisonOptions;
import io.pagewalk.cli.option.LogConnectionOptions;
import io.pagewalk.cli.option.OutputOptions;
import io.pagewalk.cli.text.Json;
import io.pagewalk.cli.text.VerifyText;
import io.pagewalk.internal.audit.ExportAudit;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.AuditFinder;
import io.pagewalk.internal.export.ExportFinder;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.ThisRun;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.kafka.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.log.Origin;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
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
            "The exit code is 0 only if all is well; otherwise 9, with a line for each finding. An export that is not"
                    + " complete is a finding; losses that are on record are none."
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

    @Mixin
    private final OutputOptions options = new OutputOptions();

    @Mixin
    private final ComparisonOptions comparison = new ComparisonOptions();

    @Mixin
    private final LogConnectionOptions connection = new LogConnectionOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        KafkaSettings settings =
                comparison.againstTopic ? connection.settings(console, ComparisonOptions.AGAINST_TOPIC) : null;
        Access access = options.access(
                console, log -> connection.settings(console, log), connection.retryTimeout, new StopSignal());
        return Watched.call(
                console,
                access.waits(),
                connection.retryTimeout,
                () -> audit(access, settings).code());
    }

    private ExitCode audit(Access access, @Nullable KafkaSettings settings) throws IOException {
        AuditFinder.Result found =
                new AuditFinder(access, options.output).find(options.checkpoints, options.exportId());
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> listener =
                json ? findings::add : finding -> console.out().println(VerifyText.line(finding));
        List<ExportPlaces> opened = new ArrayList<>();
        try {
            ExportPlaces places = open(access, found.target(), opened);
            List<CheckpointStore> others = new ArrayList<>();
            for (ExportFinder.Found other : found.others()) {
                others.add(open(access, other, opened).store());
            }
            AuditResult result = audit(places, others, access.waits(), settings, listener);
            if (json) {
                console.out().println(Json.document(VerifyText.document(places, result, findings)));
            } else {
                VerifyText.lines(places, result).forEach(console.out()::println);
            }
            return result.findings() == 0 ? ExitCode.COMPLETE : ExitCode.FINDINGS;
        } finally {
            for (ExportPlaces places : opened) {
                places.close();
            }
        }
    }

    private ExportPlaces open(Access access, ExportFinder.Found found, List<ExportPlaces> opened) {
        Origin origin = ThisRun.origin(console.environment());
        ExportPlaces places = ExportPlaces.openReadOnly(access, options.output, found, origin);
        opened.add(places);
        return places;
    }

    private AuditResult audit(
            ExportPlaces places,
            List<CheckpointStore> others,
            Waits waits,
            @Nullable KafkaSettings settings,
            Consumer<Finding> listener) {
        try (KafkaCluster cluster = settings == null ? null : new KafkaCluster(settings, new StopSignal(), waits)) {
            return new ExportAudit(
                            places.output(),
                            places.store(),
                            places.claim(),
                            pinned -> FileFormats.create(pinned.fileSettings(), pinned.formats()),
                            deep,
                            cluster,
                            listener)
                    .run(others);
        }
    }
}
