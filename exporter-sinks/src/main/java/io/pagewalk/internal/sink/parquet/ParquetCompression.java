package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How the pages of a Parquet file are compressed. */
public enum ParquetCompression {
    ZSTD(CompressionCodecName.ZSTD),
    SNAPPY(CompressionCodecName.SNAPPY),
    GZIP(CompressionCodecName.GZIP),
    LZ4_RAW(CompressionCodecName.LZ4_RAW),
    NONE(CompressionCodecName.UNCOMPRESSED);

    private static final String CHOICES =
            Arrays.stream(values()).map(ParquetCompression::toString).collect(Collectors.joining(", "));

    private final CompressionCodecName codec;

    ParquetCompression(CompressionCodecName codec) {
        this.codec = codec;
    }

    /**
     * The compression of this name, in any case.
     *
     * @throws UsageException if {@code name} is none of the choices, naming them
     */
    public static ParquetCompression of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (ParquetCompression compression : values()) {
            if (compression.name().equals(wanted)) {
                return compression;
            }
        }
        String reason = switch (wanted) {
            case "LZ4" -> " (its framing was never specified; lz4_raw is the one engines agree on)";
            case "BROTLI", "LZO" -> " (it needs native code that Pagewalk does not bring)";
            default -> "";
        };
        throw new UsageException(
                "Parquet files cannot be compressed with '" + name + "'" + reason + "; choose one of " + CHOICES);
    }

    /** The name of a codec, also of one that Pagewalk does not write. */
    static String nameOf(CompressionCodecName codec) {
        return codec == NONE.codec ? NONE.toString() : codec.name().toLowerCase(Locale.ROOT);
    }

    CompressionCodecName codec() {
        return codec;
    }

    /** The name as options write it: {@code zstd}, {@code lz4_raw}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
