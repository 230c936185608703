package io.pagewalk.internal.follow;

import io.pagewalk.error.UsageException;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.typed.RunFormats;
import io.pagewalk.internal.typed.SharedFormats;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.spi.Storage;
import io.pagewalk.table.RowShape;
import java.util.Map;

/** What a table has to hold for an export. */
final class TableShapes {
    private static final String UNIT = "timestamp-unit";
    private static final String MICROS = "micros";

    private TableShapes() {}

    /**
     * Of an export that is about to begin.
     *
     * @param dated whether it has windows
     */
    static RowShape of(Map<String, String> fileSettings, PayloadFormats payloads, boolean dated) {
        requireFit(fileSettings);
        return new RowShape(RecordColumns.of(payloads, ScalarKind.TIMESTAMP_MICROS), dated);
    }

    /** Of one that has begun, by its first entry. */
    static RowShape of(Checkpoint.Start start, Storage output, LogName log) {
        Map<String, String> settings = start.options().fileSettings();
        requireFit(settings);
        PayloadFormats payloads = RunFormats.of(
                        AuditWork.Pinned.of(start, OutputLayout.schemas(log)), output, new SharedFormats())
                .payloads();
        return of(settings, payloads, start.options().calendar() != null);
    }

    /** @throws UsageException if no table can read such files */
    private static void requireFit(Map<String, String> settings) {
        if (!FileFormats.takesColumnIds(settings)) {
            throw new UsageException("a table cannot follow this export: its files are "
                    + settings.getOrDefault("format", "of no format") + ", and tables read parquet");
        }
        String unit = settings.getOrDefault(UNIT, MICROS);
        if (!unit.equals(MICROS)) {
            throw new UsageException("a table cannot follow this export: its timestamps are in " + unit
                    + ", which readers of tables take for microseconds, so that filters find nothing, or the wrong records;"
                    + " export anew with micros into another output");
        }
    }
}
