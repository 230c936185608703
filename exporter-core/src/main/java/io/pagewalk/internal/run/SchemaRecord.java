package io.pagewalk.internal.run;

import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.payload.MetSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts on record what ids stand for that are met in payloads: before any file depends on it. Safe for use by any number of threads.
 */
public final class SchemaRecord implements Consumer<MetSchema> {
    private final CheckpointLog log;
    private final List<MetSchema> onRecord;

    /** @param before what is on record already */
    public SchemaRecord(CheckpointLog log, List<MetSchema> before) {
        this.log = log;
        this.onRecord = new ArrayList<>(before);
    }

    /**
     * Puts one on record; when this returns it is there.
     *
     * @throws io.pagewalk.error.FencedException if another run has gone on with the export
     */
    @Override
    public synchronized void accept(MetSchema met) {
        log.append(totals -> new Checkpoint.Schemas(List.of(met), totals));
        onRecord.add(met);
    }

    /** Whether it is on record what an id stands for. */
    public synchronized boolean has(String column, String id) {
        return onRecord.stream()
                .anyMatch(met -> met.column().equals(column) && met.id().equals(id));
    }

    /** All that is on record, in the order of the log. */
    public synchronized List<MetSchema> onRecord() {
        return List.copyOf(onRecord);
    }
}
