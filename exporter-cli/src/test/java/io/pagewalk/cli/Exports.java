package io.pagewalk.cli;

import io.pagewalk.Locations;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.internal.export.Storages;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.KnownPlace;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.Size;
import io.pagewalk.spi.PlaceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;

/** Puts exports into an output without a broker; no data files. */
public final class Exports {
    private final Path output;

    public Exports(Path output) {
        this.output = output;
    }

    public void start(String topic, String exportId, Path checkpoints) throws IOException {
        try (ExportPlaces places = open(exportId, checkpoints)) {
            Extent extent = Tokens.extent(topic);
            PageToken token = Tokens.token(topic);
            ExportSpec request = new ExportSpec(
                    topic,
                    new OffsetBound.Earliest(),
                    new OffsetBound.Latest(),
                    PartitionSet.ALL,
                    token.direction(),
                    IsolationLevel.READ_COMMITTED,
                    Size.records(3),
                    Size.records(1),
                    null,
                    null,
                    null,
                    FileFormats.pin("jsonl", "none", null),
                    null,
                    ExportSpec.UTC,
                    null);
            ExportPlan plan = new ExportPlan(
                    request,
                    extent,
                    token,
                    new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.JSON, PayloadFormat.BYTES),
                    Instant.EPOCH,
                    List.of(),
                    new ExportPlan.Sample(0, 0),
                    Compaction.NO);
            new ExportStarter(
                            places.output(),
                            places.logs(),
                            topic,
                            places.claim(),
                            false,
                            () -> null,
                            KnownPlace.unknown())
                    .resumeOrStart(request.toOptions(), () -> Optional.of(plan));
        }
    }

    public void complete(String exportId, Path checkpoints) throws IOException {
        try (ExportPlaces places = open(exportId, checkpoints)) {
            CheckpointLog log = places.logs().of(1);
            long lost = log.load().orElseThrow().totals().lost();
            log.append(new Checkpoint.Complete(new Totals(4, 11, 9, 0, 1000, 11, 2 - lost, lost, 0, 0, 0)));
        }
    }

    public FileNaming naming(String exportId) throws IOException {
        return state(exportId).start().naming();
    }

    public ExportState state(String exportId) throws IOException {
        try (ExportPlaces places = open(exportId, null)) {
            return places.logs().of(1).load().orElseThrow();
        }
    }

    /** Offsets of partition 0. */
    public void lose(String exportId, long start, long end) throws IOException {
        try (ExportPlaces places = open(exportId, null)) {
            CheckpointLog log = places.logs().of(1);
            log.load();
            log.append(new Checkpoint.Loss(
                    List.of(new LostRange(0, new OffsetRange(start, end))), Totals.NONE.plusLost(end - start)));
        }
    }

    public ExportPlaces open(String exportId, Path checkpoints) {
        Duration patience = Duration.ofSeconds(1);
        Connection connection = new Connection(new Connection.Settings(
                null, new Storages(PlaceSettings.of(Map.of(), patience)), patience, "host", stalled -> {}, 1, 0, null));
        return ExportPlaces.openToDelete(
                connection.access(new StopSignal()),
                Locations.directory(output),
                new FoundExport(
                        new LogName(exportId, 1), checkpoints == null ? null : Locations.directory(checkpoints)),
                new Origin("run-" + System.nanoTime(), "host", 1));
    }
}
