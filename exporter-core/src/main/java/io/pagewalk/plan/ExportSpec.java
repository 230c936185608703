package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import io.pagewalk.model.Direction;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.SchemaChoice;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * What an export is asked to do: every option that shapes its output, and nothing else. Servers, credentials, threads and
 * reporting are not part of it.
 *
 * @param topic the topic's name
 * @param from where the extent begins
 * @param to where the extent ends, exclusive
 * @param partitions which partitions belong
 * @param direction the walk's direction
 * @param isolationLevel what counts as a record
 * @param pageSize how much is committed at a time
 * @param fileSize how much goes into one data file, or null for the default
 * @param keyFormat the format of keys, or null to decide from a sample
 * @param valueFormat the format of values, or null to decide from a sample
 * @param headerFormat the format of header values, or null to decide from a sample
 * @param fileSettings the file format's own settings, complete; {@code format} and {@code compression} among them
 * @param fromDeadLetters the output whose dead letters are exported, or null for the topic itself
 * @param zone where its days begin
 * @param windows how a series is cut into windows of time, or null if it is not
 * @param keySchema what schemas keys have, or null if they have none; then they have no other format
 * @param valueSchema likewise, of values
 */
public record ExportSpec(
        String topic,
        OffsetBound from,
        OffsetBound to,
        PartitionSet partitions,
        Direction direction,
        IsolationLevel isolationLevel,
        Size pageSize,
        @Nullable Size fileSize,
        @Nullable PayloadFormat keyFormat,
        @Nullable PayloadFormat valueFormat,
        @Nullable PayloadFormat headerFormat,
        Map<String, String> fileSettings,
        @Nullable String fromDeadLetters,
        ZoneId zone,
        @Nullable Windows windows,
        @Nullable SchemaChoice keySchema,
        @Nullable SchemaChoice valueSchema) {
    /** What stands in {@link #toOptions} for a size or format that is decided at the freeze. */
    public static final String AUTO = "auto";

    /** By the name under which it is pinned. */
    public static final ZoneId UTC = ZoneId.of("UTC");

    public static final Size DEFAULT_PAGE_SIZE = Size.bytes(1L << 30);
    public static final Size DEFAULT_FILE_SIZE = Size.bytes(128L << 20);

    /** A page that is smaller than so many default files is cut into as many smaller ones, to keep threads busy. */
    private static final int FILES_A_PAGE = 8;

    /** Below this, more threads are not worth smaller files. */
    private static final long LEAST_DEFAULT_FILE = 10_000;

    /** @throws UsageException if {@code from} is after {@code to}, as far as that shows without the topic */
    public ExportSpec {
        fileSettings = Map.copyOf(fileSettings);
        OffsetBound.requireInOrder(from, to, bound -> dated(bound, zone));
    }

    /** Of payloads without schemas. */
    public ExportSpec(
            String topic,
            OffsetBound from,
            OffsetBound to,
            PartitionSet partitions,
            Direction direction,
            IsolationLevel isolationLevel,
            Size pageSize,
            @Nullable Size fileSize,
            @Nullable PayloadFormat keyFormat,
            @Nullable PayloadFormat valueFormat,
            @Nullable PayloadFormat headerFormat,
            Map<String, String> fileSettings,
            @Nullable String fromDeadLetters,
            ZoneId zone,
            @Nullable Windows windows) {
        this(
                topic,
                from,
                to,
                partitions,
                direction,
                isolationLevel,
                pageSize,
                fileSize,
                keyFormat,
                valueFormat,
                headerFormat,
                fileSettings,
                fromDeadLetters,
                zone,
                windows,
                null,
                null);
    }

    /** What of a bound is known without the time. */
    private static OffsetBound dated(OffsetBound bound, ZoneId zone) {
        return bound instanceof OffsetBound.AtDate date ? date.fixed(Instant.EPOCH, zone) : bound;
    }

    /**
     * Where it begins, once it is frozen.
     *
     * @param now when that is
     * @throws UsageException if it ends before
     */
    public OffsetBound fixedFrom(Instant now) {
        OffsetBound.requireInOrder(from, to, bound -> bound.fixed(now, zone));
        return from.fixed(now, zone);
    }

    /** Likewise, where it ends. */
    public OffsetBound fixedTo(Instant now) {
        return to.fixed(now, zone);
    }

    /**
     * Begins the specification of a whole topic, with the defaults.
     *
     * @param fileSettings as for {@link ExportSpec}
     */
    public static ExportSpecBuilder builder(String topic, Map<String, String> fileSettings) {
        return new ExportSpecBuilder(topic, fileSettings);
    }

    /**
     * The request by option name, in canonical text: what a later run of the export is compared with. Of the file
     * settings only the format and the compression can be asked for.
     */
    public Map<String, String> toOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("topic", topic);
        options.put("from", dated(from, zone).toString());
        options.put("to", dated(to, zone).toString());
        options.put("partitions", partitions.toString());
        options.put("direction", direction.toString());
        options.put("isolation-level", isolationLevel.name().toLowerCase(Locale.ROOT));
        options.put("page-size", pageSize.toString());
        options.put("file-size", fileSize == null ? AUTO : fileSize.toString());
        options.put("format", fileSettings.getOrDefault("format", ""));
        options.put("compression", fileSettings.getOrDefault("compression", ""));
        String timestampUnit = fileSettings.get("timestamp-unit");
        if (timestampUnit != null) {
            options.put("timestamp-unit", timestampUnit);
        }
        putFormat(options, "key", keyFormat, keySchema);
        putFormat(options, "value", valueFormat, valueSchema);
        options.put("header-format", text(headerFormat));
        options.put("time-zone", zone.getId());
        if (fromDeadLetters != null) {
            options.put("from-dead-letters", fromDeadLetters);
        }
        if (windows != null) {
            options.put("window", windows.unit().toString());
            options.put("layout", windows.layout().toString());
        }
        return options;
    }

    /** The same with other settings of the file format. */
    public ExportSpec withFileSettings(Map<String, String> settings) {
        return new ExportSpec(
                topic,
                from,
                to,
                partitions,
                direction,
                isolationLevel,
                pageSize,
                fileSize,
                keyFormat,
                valueFormat,
                headerFormat,
                settings,
                fromDeadLetters,
                zone,
                windows,
                keySchema,
                valueSchema);
    }

    /** The schemas of keys or values, by the name of the part; null if they have none. */
    public @Nullable SchemaChoice schema(String part) {
        return part.equals("key") ? keySchema : valueSchema;
    }

    /** The formats that were asked for, and where {@code auto} was, what a sample has shown; without what schemas say. */
    public PayloadFormats formats(PayloadFormats sampled) {
        return new PayloadFormats(
                keyFormat == null ? sampled.key() : keyFormat,
                valueFormat == null ? sampled.value() : valueFormat,
                headerFormat == null ? sampled.header() : headerFormat);
    }

    /**
     * The page size in records.
     *
     * @param recordBytes the mean uncompressed size of a record, positive
     */
    public long pageRecords(double recordBytes) {
        return pageSize.toRecords(recordBytes);
    }

    /**
     * The file size in records, at most a page.
     *
     * @param recordBytes the mean uncompressed size of a record, positive
     */
    public long fileRecords(double recordBytes) {
        long page = pageRecords(recordBytes);
        if (fileSize != null) {
            return Math.min(page, fileSize.toRecords(recordBytes));
        }
        long share = Math.max(LEAST_DEFAULT_FILE, page / FILES_A_PAGE);
        return Math.min(Math.min(page, share), DEFAULT_FILE_SIZE.toRecords(recordBytes));
    }

    private static void putFormat(
            Map<String, String> options, String part, @Nullable PayloadFormat format, @Nullable SchemaChoice schema) {
        if (schema == null) {
            options.put(part + "-format", text(format));
        } else {
            options.putAll(schema.toOptions(part));
        }
    }

    private static String text(@Nullable PayloadFormat format) {
        return format == null ? AUTO : format.toString();
    }
}
