package io.pagewalk.internal.sink.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a column's values are encoded. Offsets and timestamps are packed deltas. What is (nearly) the same in every
 * record of a file is a dictionary without the way back to plain values, whose bookkeeping counts the plain size and would
 * end row groups early. The rest is as version 1 of the format has it: version 2 would bring delta byte arrays for payloads,
 * which cost time and save nothing under compression, and pages that not every engine reads.
 */
final class ValueEncodings implements ValuesWriterFactory {
    private final DefaultV1ValuesWriterFactory version1 = new DefaultV1ValuesWriterFactory();
    private @Nullable ParquetProperties initialized;

    @Override
    public void initialize(ParquetProperties properties) {
        initialized = properties;
        version1.initialize(properties);
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
        ParquetProperties properties = initialized;
        if (properties == null) {
            throw new IllegalStateException("not initialized");
        }
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        if (type == PrimitiveTypeName.INT64) {
            return new DeltaBinaryPackingValuesWriterForLong(
                    properties.getInitialSlabSize(), properties.getPageSizeThreshold(), properties.getAllocator());
        }
        if (type == PrimitiveTypeName.INT32) {
            return new PlainIntegerDictionaryValuesWriter(
                    properties.getDictionaryPageSizeThreshold(),
                    Encoding.RLE_DICTIONARY,
                    Encoding.PLAIN,
                    properties.getAllocator());
        }
        boolean required = column.getMaxDefinitionLevel() == 0;
        if (required) {
            return new PlainBinaryDictionaryValuesWriter(
                    properties.getDictionaryPageSizeThreshold(),
                    Encoding.RLE_DICTIONARY,
                    Encoding.PLAIN,
                    properties.getAllocator());
        }
        return version1.newValuesWriter(column);
    }
}
