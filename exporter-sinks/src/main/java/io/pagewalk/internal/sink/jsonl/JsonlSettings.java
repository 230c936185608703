package io.pagewalk.internal.sink.jsonl;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.settings.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * What shapes the bytes of a JSONL file besides its records. An export pins these in its first checkpoint, so that later runs
 * write the same bytes whatever the defaults have become.
 *
 * @param compression how a file is compressed
 * @param zstdLevel zstd's level, 1 or more; without effect under another compression
 * @param gzipLevel gzip's level, 1 to 9; without effect under another compression
 */
public record JsonlSettings(JsonlCompression compression, int zstdLevel, int gzipLevel) {
    private static final String COMPRESSION = "compression";
    private static final String PREFIX = "jsonl.";
    private static final String REVISION = PREFIX + "revision";
    private static final String ZSTD_LEVEL = PREFIX + "zstd-level";
    private static final String GZIP_LEVEL = PREFIX + "gzip-level";

    /** As the library says; it would load its native code to say so, also where nothing is compressed with it. */
    private static final int MAX_ZSTD_LEVEL = 22;

    /** One more whenever the same records and settings would give other bytes. */
    private static final int WRITTEN = 1;

    /**
     * Checks the levels.
     *
     * @throws UsageException if a level is out of its bounds
     */
    public JsonlSettings {
        Settings.requireInRange(ZSTD_LEVEL, zstdLevel, 1, MAX_ZSTD_LEVEL);
        Settings.requireInRange(GZIP_LEVEL, gzipLevel, 1, Deflater.BEST_COMPRESSION);
    }

    /** What a new export gets. */
    public static JsonlSettings defaults(JsonlCompression compression) {
        return new JsonlSettings(compression, 1, 6);
    }

    /** The settings as text, under keys that stay the same from version to version. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(REVISION, Integer.toString(WRITTEN));
        map.put(COMPRESSION, compression.toString());
        map.put(ZSTD_LEVEL, Integer.toString(zstdLevel));
        map.put(GZIP_LEVEL, Integer.toString(gzipLevel));
        return Collections.unmodifiableMap(map);
    }

    /**
     * The inverse of {@link #toMap()}. Keys of others are ignored.
     *
     * @throws UsageException if a setting is missing, malformed, or one this version does not know
     */
    public static JsonlSettings fromMap(Map<String, String> map) {
        Settings.requireRevision(map, REVISION, WRITTEN);
        JsonlSettings settings = new JsonlSettings(
                JsonlCompression.of(Settings.text(map, COMPRESSION)),
                Settings.number(map, ZSTD_LEVEL),
                Settings.number(map, GZIP_LEVEL));
        Settings.requireKnown(map, PREFIX, settings.toMap().keySet());
        return settings;
    }
}
