package io.pagewalk.sink.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a column's values are encoded: offsets and timestamps as packed deltas, which take next to nothing, the rest
 * as version 1 of the format has it. Version 2 as a whole would bring delta byte arrays for payloads, which cost time and
 * save nothing under compression, and pages that not every engine reads.
 */
final class ValueEncodings implements ValuesWriterFactory {
    private final DefaultV1ValuesWriterFactory version1 = new DefaultV1ValuesWriterFactory();
    private @Nullable ParquetProperties properties;

    @Override
    public void initialize(ParquetProperties properties) {
        this.properties = properties;
        version1.initialize(properties);
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
        if (properties == null) {
            throw new IllegalStateException("not initialized");
        }
        if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
            return new DeltaBinaryPackingValuesWriterForLong(
                    properties.getInitialSlabSize(), properties.getPageSizeThreshold(), properties.getAllocator());
        }
        return version1.newValuesWriter(column);
    }
}
