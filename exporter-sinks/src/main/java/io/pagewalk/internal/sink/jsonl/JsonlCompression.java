package io.pagewalk.internal.sink.jsonl;

import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a JSONL file is compressed. */
public enum JsonlCompression {
    ZSTD(".jsonl.zst"),
    GZIP(".jsonl.gz"),
    NONE(".jsonl");

    private static final String CHOICES =
            Arrays.stream(values()).map(JsonlCompression::toString).collect(Collectors.joining(", "));

    private final String extension;

    JsonlCompression(String extension) {
        this.extension = extension;
    }

    /**
     * The compression of this name, in any case.
     *
     * @throws UsageException if {@code name} is none of the choices, naming them
     */
    public static JsonlCompression of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (JsonlCompression compression : values()) {
            if (compression.name().equals(wanted)) {
                return compression;
            }
        }
        throw new UsageException("JSONL files cannot be compressed with '" + name + "'; choose one of " + CHOICES);
    }

    /** How names of files end that are compressed in this way, with the dot. */
    public String extension() {
        return extension;
    }

    /** The name as options write it: {@code zstd}, {@code gzip}, {@code none}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
