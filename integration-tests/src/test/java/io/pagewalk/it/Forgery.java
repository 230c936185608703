package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.file.FileSink;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Origin;
import io.pagewalk.log.Totals;
import io.pagewalk.model.FileNaming;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.Sink;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Rewrites a finished export, its log too, so that nothing but its topic can tell. */
final class Forgery {
    private final Path output;
    private final String exportId;

    Forgery(Path output, String exportId) {
        this.output = output;
        this.exportId = exportId;
    }

    /** Puts other records in the place of each. */
    void replace(Function<RecordView, List<RecordView>> replacement) throws IOException {
        try (Storage storage = LocalStorage.open(output, "_pagewalk/tmp=", "forgery")) {
            CheckpointStore store =
                    new StorageCheckpointStores(storage, OutputLayout.logs(new LogName(exportId, 1))).of(1);
            List<Checkpoint.Body> bodies = new ArrayList<>();
            for (long sequence : store.sequences()) {
                bodies.add(LoggedEntry.read(store, sequence, "checkpoint")
                        .checkpoint()
                        .body());
            }
            for (long sequence : store.sequences()) {
                store.remove(sequence);
            }
            CheckpointLog log = new CheckpointLog(store, exportId, new Origin("forgery", "host", 1), Clock.systemUTC());
            Checkpoint.Start start = (Checkpoint.Start) bodies.get(0);
            FileFormat format = FileFormats.create(
                    start.options().fileSettings(), start.options().formats());
            log.append(start);
            Totals totals = Totals.NONE;
            SortedMap<Integer, Long> gaps = new TreeMap<>();
            for (Checkpoint.Body body : bodies) {
                if (body instanceof Checkpoint.PageCommit page) {
                    List<DataFile> files = new ArrayList<>();
                    for (DataFile file : page.files()) {
                        DataFile forged = forge(storage, format, start.naming(), file, replacement);
                        files.add(forged);
                        if (forged.gaps() > 0) {
                            gaps.merge(forged.slice().partition(), forged.gaps(), Long::sum);
                        }
                    }
                    totals = totals.plus(files, 0);
                    log.append(new Checkpoint.PageCommit(files, gaps, totals, page.next()));
                }
            }
            log.append(new Checkpoint.Complete(totals));
        }
    }

    private static DataFile forge(
            Storage storage,
            FileFormat format,
            FileNaming naming,
            DataFile file,
            Function<RecordView, List<RecordView>> replacement)
            throws IOException {
        List<RecordView> records = new ArrayList<>();
        try (SeekableByteChannel channel = storage.open(file.name())) {
            format.decode(channel, record -> records.addAll(replacement.apply(record.copy())));
        }
        storage.delete(file.name());
        records.removeIf(record -> !file.slice().range().contains(record.offset()));
        try (Sink.SliceWriter writer =
                new FileSink(storage, format, naming, AskedTimes.ANY, () -> {}).open(file.slice())) {
            for (RecordView record : records) {
                writer.write(record);
            }
            return DataFile.of(file.slice(), writer.commit(), 0, null);
        }
    }

    static RecordView withValue(RecordView record, String value) {
        return copy(record, record.offset(), value.getBytes(UTF_8));
    }

    static RecordView withOffset(RecordView record, long offset) {
        return copy(record, offset, record.value().toBytes());
    }

    private static RecordView copy(RecordView record, long offset, byte[] value) {
        ReusableRecord copy = new ReusableRecord()
                .begin(record.topic(), record.partition(), offset, record.timestamp(), record.timestampType())
                .key(record.key() == null ? null : record.key().toBytes())
                .value(value);
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            copy.header(
                    header.key().toBytes(),
                    header.value() == null ? null : header.value().toBytes());
        }
        return copy.view();
    }
}
