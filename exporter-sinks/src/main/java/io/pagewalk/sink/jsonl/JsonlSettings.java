package io.pagewalk.sink.jsonl;

import com.github.luben.zstd.Zstd;
import io.pagewalk.error.UsageException;
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
    private static final String ZSTD_LEVEL = PREFIX + "zstd-level";
    private static final String GZIP_LEVEL = PREFIX + "gzip-level";

    /**
     * Checks the levels.
     *
     * @throws UsageException if a level is out of its bounds
     */
    public JsonlSettings {
        check(ZSTD_LEVEL, zstdLevel, Zstd.maxCompressionLevel());
        check(GZIP_LEVEL, gzipLevel, Deflater.BEST_COMPRESSION);
    }

    /** What a new export gets. */
    public static JsonlSettings defaults(JsonlCompression compression) {
        return new JsonlSettings(compression, 1, 6);
    }

    /** The settings as text, under keys that stay the same from version to version. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
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
        JsonlSettings settings = new JsonlSettings(
                JsonlCompression.of(text(map, COMPRESSION)), number(map, ZSTD_LEVEL), number(map, GZIP_LEVEL));
        for (String key : map.keySet()) {
            if (key.startsWith(PREFIX) && !settings.toMap().containsKey(key)) {
                throw new UsageException(
                        "the setting " + key + " is unknown to this version of Pagewalk; the export was"
                                + " begun by a newer one: use that");
            }
        }
        return settings;
    }

    private static String text(Map<String, String> map, String key) {
        String value = map.get(key);
        if (value == null) {
            throw new UsageException("the setting " + key + " is missing");
        }
        return value;
    }

    private static int number(Map<String, String> map, String key) {
        String value = text(map, key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UsageException("the setting " + key + " is not a whole number: '" + value + "'", e);
        }
    }

    private static void check(String key, int value, int max) {
        if (value < 1 || value > max) {
            throw new UsageException("the setting " + key + " must be from 1 to " + max + ", but is " + value);
        }
    }
}
