package io.pagewalk.benchmark.macro.contender;

import java.io.IOException;
import java.nio.file.Path;

/** What an output of Pagewalk consists of, and so how its records are counted. */
enum Output {
    PARQUET,
    LINES,
    ZSTD_LINES;

    long count(Path directory) throws IOException {
        return switch (this) {
            case PARQUET -> Counts.parquet(directory);
            case LINES -> Counts.lines(directory, ".jsonl");
            case ZSTD_LINES -> Counts.zstdLines(directory);
        };
    }
}
