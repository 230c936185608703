package io.pagewalk.cli;

import io.pagewalk.cli.place.DirectoryLocation;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.plan.ExportRequest;
import org.jspecify.annotations.Nullable;

/** From the options that shape an export to its request. */
final class ExportShape {
    private ExportShape() {}

    /** @throws UsageException if the options contradict each other */
    static ExportRequest request(SelectionOptions selection, PayloadOptions payloads, FileOptions files) {
        return request(selection, payloads, files, null);
    }

    /** @param deadLetters the output whose dead letters are exported, or null for the topic itself */
    static ExportRequest request(
            SelectionOptions selection,
            PayloadOptions payloads,
            FileOptions files,
            @Nullable DirectoryLocation deadLetters) {
        return new ExportRequest(
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
