package io.pagewalk.cli.option;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.plan.ExportSpec;
import org.jspecify.annotations.Nullable;

/** From the options that shape an export to its request. */
public final class ExportShape {
    private ExportShape() {}

    /** @throws UsageException if the options contradict each other */
    public static ExportSpec request(SelectionOptions selection, PayloadOptions payloads, FileOptions files) {
        return request(selection, payloads, files, null);
    }

    /** @param deadLetters the output whose dead letters are exported, or null for the topic itself */
    public static ExportSpec request(
            SelectionOptions selection,
            PayloadOptions payloads,
            FileOptions files,
            @Nullable DirectoryLocation deadLetters) {
        return new ExportSpec(
                selection.topic(),
                selection.from,
                selection.to,
                selection.partitions,
                selection.direction,
                selection.isolationLevel,
                files.pageSize,
                files.fileSize,
                payloads.keyFormat.format(),
                payloads.valueFormat.format(),
                payloads.headerFormat.format(),
                FileFormats.pin(files.format, files.compression, files.timestampUnit),
                deadLetters == null ? null : deadLetters.toString());
    }
}
