package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.settings.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What shapes the bytes of a Parquet file besides its records. An export pins these in its first checkpoint, so that later
 * runs write the same bytes whatever the defaults have become.
 *
 * @param compression how pages are compressed
 * @param timestampUnit what the column of timestamps counts in
 * @param zstdLevel zstd's level; without effect under another compression
 * @param rowGroupBytes the size at which a row group is written out, as it is in memory: full pages compressed, the last
 *     ones not. Each open file holds about this much, so it sets the heap that a thread needs.
 * @param pageBytes the size of a page before compression; a page exceeds it by at most one record
 * @param fieldIds the ids that a table has for the columns and all that is in them, depth first; none if the files carry no ids
 */
public record ParquetSettings(
        ParquetCompression compression,
        TimestampUnit timestampUnit,
        int zstdLevel,
        int rowGroupBytes,
        int pageBytes,
        List<Integer> fieldIds) {
    /** Not there where the files carry no ids, whose bytes are as they were before there were any. */
    static final String FIELD_IDS = "parquet.field-ids";

    private static final String COMPRESSION = "compression";
    private static final String TIMESTAMP_UNIT = "timestamp-unit";
    private static final String PREFIX = "parquet.";
    private static final String REVISION = PREFIX + "revision";
    private static final String ZSTD_LEVEL = PREFIX + "zstd-level";
    private static final String ROW_GROUP_BYTES = PREFIX + "row-group-bytes";
    private static final String PAGE_BYTES = PREFIX + "page-bytes";

    /** Zstd's own answer would load its native library, also for those who want none of it. */
    private static final int MAX_ZSTD_LEVEL = 22;

    private static final int MAX_BYTES = 1 << 30;

    /** One more whenever the same records and settings would give other bytes. */
    private static final int WRITTEN = 2;

    /**
     * Checks the numbers, and keeps a copy.
     *
     * @throws UsageException if one is out of its bounds, or an id is there twice
     */
    public ParquetSettings {
        Settings.requireInRange(ZSTD_LEVEL, zstdLevel, 1, MAX_ZSTD_LEVEL);
        Settings.requireInRange(ROW_GROUP_BYTES, rowGroupBytes, 1024, MAX_BYTES);
        Settings.requireInRange(PAGE_BYTES, pageBytes, 1024, MAX_BYTES);
        fieldIds = List.copyOf(fieldIds);
        Settings.requireIds(FIELD_IDS, fieldIds);
    }

    /** Of files that carry no ids. */
    public ParquetSettings(
            ParquetCompression compression,
            TimestampUnit timestampUnit,
            int zstdLevel,
            int rowGroupBytes,
            int pageBytes) {
        this(compression, timestampUnit, zstdLevel, rowGroupBytes, pageBytes, List.of());
    }

    /**
     * What a new export gets. Row groups of 8 MiB let eight open files fit into a heap of 256 MiB. On JSON, logs and text
     * zstd's level 3 is within a few per cent of level 1 in size, above as often as below, at half as much time again.
     */
    public static ParquetSettings defaults(ParquetCompression compression, TimestampUnit timestampUnit) {
        return new ParquetSettings(compression, timestampUnit, 1, 8 << 20, 1 << 20);
    }

    /** The same with other ids. */
    ParquetSettings withFieldIds(List<Integer> ids) {
        return new ParquetSettings(compression, timestampUnit, zstdLevel, rowGroupBytes, pageBytes, ids);
    }

    /** The settings as text, under keys that stay the same from version to version. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(REVISION, Integer.toString(WRITTEN));
        map.put(COMPRESSION, compression.toString());
        map.put(TIMESTAMP_UNIT, timestampUnit.toString());
        map.put(ZSTD_LEVEL, Integer.toString(zstdLevel));
        map.put(ROW_GROUP_BYTES, Integer.toString(rowGroupBytes));
        map.put(PAGE_BYTES, Integer.toString(pageBytes));
        if (!fieldIds.isEmpty()) {
            map.put(FIELD_IDS, Settings.text(fieldIds));
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * The inverse of {@link #toMap()}. Keys of others are ignored.
     *
     * @throws UsageException if a setting is missing, malformed, or one this version does not know
     */
    public static ParquetSettings fromMap(Map<String, String> map) {
        Settings.requireRevision(map, REVISION, WRITTEN);
        ParquetSettings settings = new ParquetSettings(
                ParquetCompression.of(Settings.text(map, COMPRESSION)),
                TimestampUnit.of(Settings.text(map, TIMESTAMP_UNIT)),
                Settings.number(map, ZSTD_LEVEL),
                Settings.number(map, ROW_GROUP_BYTES),
                Settings.number(map, PAGE_BYTES),
                map.containsKey(FIELD_IDS) ? Settings.ids(map, FIELD_IDS) : List.of());
        Settings.requireKnown(map, PREFIX, settings.toMap().keySet());
        return settings;
    }
}
