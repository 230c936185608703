package io.pagewalk.cli.option;

import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.Size;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the data files look, and how much goes into one. */
@Command(optionListHeading = "Files")
public final class FileOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "parquet or jsonl (default: ${DEFAULT-VALUE}).")
    String format = "parquet";

    @Option(
            names = "--compression",
            paramLabel = "CODEC",
            description = "parquet: zstd, snappy, gzip, lz4_raw or none; jsonl: zstd, gzip or none (default: zstd).")
    @Nullable
    String compression;

    @Option(
            names = "--timestamp-unit",
            paramLabel = "UNIT",
            description = "What the timestamps of parquet count in: micros, as table formats do, or millis, as Kafka"
                    + " does (default: micros). Those of jsonl are milliseconds.")
    @Nullable
    String timestampUnit;

    @Option(
            names = "--page-size",
            paramLabel = "SIZE",
            defaultValue = "1GiB",
            description = "How much is committed at a time, in records (50000) or uncompressed bytes (1GiB, 500MB)"
                    + " (default: ${DEFAULT-VALUE}).")
    Size pageSize = ExportSpec.DEFAULT_PAGE_SIZE;

    @Option(
            names = "--file-size",
            paramLabel = "SIZE",
            description = "How much goes into one file, likewise (default: 128MiB, or an eighth of a smaller page).")
    @Nullable
    Size fileSize;
}
