package io.pagewalk.internal.typed;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.execution.AuditFormats;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.run.MetElsewhere;
import io.pagewalk.internal.run.SchemaRecord;
import io.pagewalk.internal.schema.column.MeetsSchemas;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.schema.column.UnknownSchemaException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.spi.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The formats of payloads, as a run has pinned them.
 *
 * @param payloads of keys, values and headers
 * @param elsewhere decides what ids stand for that others meet
 */
public record RunFormats(PayloadFormats payloads, MetElsewhere elsewhere) {
    /**
     * Those of a run that goes on: what ids stand for that it meets is put on record.
     *
     * @param registry knows schemas, or is null
     * @param setsAside the parts for whose sake records are set aside
     */
    public static RunFormats of(
            ExportState state,
            Storage output,
            LogName log,
            CheckpointLog entries,
            @Nullable RegistryPlace registry,
            Set<Part> setsAside,
            BooleanSupplier stopped) {
        PinnedSchemas pinned = state.start().schemas();
        if (pinned == null) {
            return new RunFormats(state.start().options().formats(), MetElsewhere.NOTHING);
        }
        SchemaFiles files = files(output, log);
        SchemaRecord record = new SchemaRecord(entries, state.metSchemas());
        MeetsSchemas meets = TypedReading.asking(registry, pinned, files, record, setsAside, stopped);
        return new RunFormats(
                payloads(state.start(), pinned, files, state.metSchemas(), meets), new Asking(record, meets));
    }

    /** The files of an export's schemas. */
    public static SchemaFiles files(Storage output, LogName log) {
        return new SchemaFiles(output, OutputLayout.schemas(log));
    }

    /**
     * Those of a slice that is worked on for a run of another process.
     *
     * @param shared with the slices before
     */
    public static PayloadFormats of(
            ExportWork work, List<MetSchema> met, Storage output, LogName log, SharedFormats shared) {
        Checkpoint.Start start = work.start();
        PinnedSchemas pinned = start.schemas();
        if (pinned == null) {
            return start.options().formats();
        }
        SharedFormats.Key key = new SharedFormats.Key(
                pinned, met, start.options().resolved(), start.options().fileSettings(), false);
        return shared.get(
                key,
                () -> payloads(start, pinned, files(output, log), met, (column, schema) -> {
                    throw new SchemaMetException(column, schema.text());
                }));
    }

    private static PayloadFormats payloads(
            Checkpoint.Start start, PinnedSchemas pinned, SchemaFiles files, List<MetSchema> met, MeetsSchemas meets) {
        return start.options()
                .formats(new TypedReading(pinned, files, met, start.options().fileSettings(), meets));
    }

    /**
     * What files are read with, of a run that is only looked at.
     *
     * @param shared with the files before
     */
    public static AuditFormats of(AuditWork.Pinned run, Storage output, SharedFormats shared) {
        AuditWork.Schemas schemas = run.schemas();
        PayloadFormats payloads =
                schemas == null ? run.formats() : shared.get(key(run, schemas), () -> payloads(run, schemas, output));
        return new AuditFormats(FileFormats.create(run.fileSettings(), payloads), payloads);
    }

    private static SharedFormats.Key key(AuditWork.Pinned run, AuditWork.Schemas schemas) {
        return new SharedFormats.Key(
                schemas.pinned(), schemas.pinned().met(), run.formats().toMap(), run.fileSettings(), true);
    }

    private static PayloadFormats payloads(AuditWork.Pinned run, AuditWork.Schemas schemas, Storage output) {
        return new TypedReading(
                        schemas.pinned(),
                        new SchemaFiles(output, schemas.folder()),
                        schemas.pinned().met(),
                        run.fileSettings(),
                        (column, key) -> {
                            throw new UnknownSchemaException();
                        })
                .formats(run.formats().toMap());
    }

    /**
     * @param record of what was decided
     * @param meets decides
     * @param unknown what was asked for in vain, and is not on record
     */
    private record Asking(SchemaRecord record, MeetsSchemas meets, Set<String> unknown) implements MetElsewhere {
        Asking(SchemaRecord record, MeetsSchemas meets) {
            this(record, meets, new HashSet<>());
        }

        @Override
        public List<MetSchema> onRecord() {
            return record.onRecord();
        }

        /** One after the other: pages that meet an id at the same time have to find one answer on record. */
        @Override
        public synchronized void met(SliceOutcome.Met outcome) {
            if (record.has(outcome.column(), outcome.id())) {
                return;
            }
            String which = outcome.column() + " " + outcome.id();
            if (unknown.contains(which)) {
                throw unknown(outcome);
            }
            try {
                meets.met(outcome.column(), SchemaKey.parse(outcome.id()));
            } catch (UnknownSchemaException e) {
                unknown.add(which);
                throw unknown(outcome);
            }
        }

        private static BadRecordException unknown(SliceOutcome.Met outcome) {
            return new BadRecordException(
                    Part.valueOf(outcome.column().toUpperCase(Locale.ROOT)),
                    "unknown schema",
                    outcome.problem() + ", and unknown to the schema registry, or of no use");
        }
    }
}
