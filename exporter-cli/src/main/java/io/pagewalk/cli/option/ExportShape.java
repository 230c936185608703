package io.pagewalk.cli.option;

import io.pagewalk.FileSettings;
import io.pagewalk.cli.schema.SchemaOptions;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.plan.ExportSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the options that shape an export to what it is. */
public final class ExportShape {
    private ExportShape() {}

    /**
     * Of an export of a topic.
     *
     * @throws UsageException if the options contradict each other
     */
    public static ExportSpec spec(
            SelectionOptions selection, PayloadOptions payloads, SchemaOptions schemas, FileOptions files) {
        return spec(selection, payloads, schemas, files, null, null);
    }

    /**
     * Likewise, or of one of dead letters.
     *
     * @param deadLetters the output whose dead letters are exported, or null for the topic itself
     * @param series whether and how it is cut into windows, or null if it cannot be
     */
    public static ExportSpec spec(
            SelectionOptions selection,
            PayloadOptions payloads,
            SchemaOptions schemas,
            FileOptions files,
            @Nullable DirectoryLocation deadLetters,
            @Nullable SeriesOptions series) {
        return spec(selection.topic(), selection, payloads, schemas, files, deadLetters, series);
    }

    /** Likewise, of a topic that the options do not name. */
    public static ExportSpec spec(
            String topic,
            SelectionOptions selection,
            PayloadOptions payloads,
            SchemaOptions schemas,
            FileOptions files,
            @Nullable DirectoryLocation deadLetters,
            @Nullable SeriesOptions series) {
        schemas.requireFit(payloads.keyFormat, payloads.valueFormat);
        Map<String, String> fileSettings = new FileSettings(files.format, files.compression, files.timestampUnit).pin();
        return ExportSpec.builder(topic, fileSettings)
                .zone(selection.zone)
                .from(selection.from)
                .to(selection.to)
                .partitions(selection.partitions)
                .direction(selection.direction)
                .isolationLevel(selection.isolationLevel)
                .pageSize(files.pageSize)
                .fileSize(files.fileSize)
                .keys(payloads.keyFormat.format())
                .values(payloads.valueFormat.format())
                .headers(headerFormat(payloads))
                .keySchema(schemas.keys(payloads.keyFormat))
                .valueSchema(schemas.values(payloads.valueFormat))
                .windows(series == null ? null : series.windows())
                .fromDeadLetters(deadLetters == null ? null : deadLetters.toString())
                .build();
    }

    private static @Nullable PayloadFormat headerFormat(PayloadOptions payloads) {
        if (payloads.headerFormat.ofSchemas() != null) {
            throw new UsageException("--header-format " + payloads.headerFormat + ": headers have no schemas");
        }
        return payloads.headerFormat.format();
    }
}
