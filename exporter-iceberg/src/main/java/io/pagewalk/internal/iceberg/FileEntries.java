package io.pagewalk.internal.iceberg;

import io.pagewalk.payload.RecordColumns;
import io.pagewalk.table.FollowedSeries;
import io.pagewalk.table.TableFile;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Data files as a table's manifests have them, made of what the log says alone: so a file that is told of again is told of alike, and
 * nothing is read.
 */
final class FileEntries {
    private static final long MICROS = 1000;

    private final FollowedSeries series;
    private final Schema schema;
    private final PartitionSpec spec;
    private final String directory;

    /**
     * @param spec one by which files of the series can be added
     * @param location that of the table
     */
    FileEntries(FollowedSeries series, Schema schema, PartitionSpec spec, String location) {
        this.series = series;
        this.schema = schema;
        this.spec = spec;
        this.directory = StorePaths.spelled(series.output(), location) + "/";
    }

    DataFile of(TableFile file) {
        DataFiles.Builder builder = DataFiles.builder(spec)
                .withPath(directory + file.name())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withMetrics(metrics(file));
        if (file.date() != null && spec.isPartitioned()) {
            builder.withPartitionPath(TablePartitions.path(spec, file.date()));
        }
        return builder.build();
    }

    private Metrics metrics(TableFile file) {
        Bounds bounds = new Bounds(file.records());
        bounds.add(RecordColumns.TOPIC, Type.TypeID.STRING, series.topic(), series.topic());
        bounds.add(RecordColumns.PARTITION, Type.TypeID.INTEGER, file.partition(), file.partition());
        bounds.add(RecordColumns.OFFSET, Type.TypeID.LONG, file.firstOffset(), file.lastOffset());
        bounds.add(
                RecordColumns.TIMESTAMP,
                Type.TypeID.TIMESTAMP,
                micros(file.minTimestamp()),
                micros(file.maxTimestamp()));
        bounds.count(schema.findField(RecordColumns.TIMESTAMP_TYPE));
        return new Metrics(file.records(), null, bounds.values, bounds.nulls, null, bounds.lower, bounds.upper);
    }

    /** Null if it cannot be counted so: then nothing is said. */
    private static @Nullable Long micros(long millis) {
        return Math.abs(millis) > Long.MAX_VALUE / MICROS ? null : millis * MICROS;
    }

    /** What is known of the columns that each record has. */
    private final class Bounds {
        private final long records;
        private final Map<Integer, Long> values = new HashMap<>();
        private final Map<Integer, Long> nulls = new HashMap<>();
        private final Map<Integer, ByteBuffer> lower = new HashMap<>();
        private final Map<Integer, ByteBuffer> upper = new HashMap<>();

        Bounds(long records) {
            this.records = records;
        }

        void add(String name, Type.TypeID kind, @Nullable Object least, @Nullable Object greatest) {
            NestedField field = schema.findField(name);
            if (field == null || least == null || greatest == null) {
                return;
            }
            Type type = field.type();
            boolean wider = kind == Type.TypeID.INTEGER && type.typeId() == Type.TypeID.LONG;
            if (wider) {
                add(field, Long.valueOf((Integer) least), Long.valueOf((Integer) greatest));
            } else if (type.typeId() == kind
                    && (kind != Type.TypeID.TIMESTAMP || ((Types.TimestampType) type).shouldAdjustToUTC())) {
                add(field, least, greatest);
            }
        }

        private void add(NestedField field, Object least, Object greatest) {
            lower.put(field.fieldId(), Conversions.toByteBuffer(field.type(), least));
            upper.put(field.fieldId(), Conversions.toByteBuffer(field.type(), greatest));
            count(field);
        }

        void count(@Nullable NestedField field) {
            if (field != null) {
                values.put(field.fieldId(), records);
                nulls.put(field.fieldId(), 0L);
            }
        }
    }
}
