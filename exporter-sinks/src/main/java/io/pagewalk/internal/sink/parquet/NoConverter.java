package io.pagewalk.internal.sink.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Stands for every group of a schema where values are taken from the columns, and never converted. */
final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
        return new Both();
    }

    @Override
    public void start() {}

    @Override
    public void end() {}

    private static final class Both extends PrimitiveConverter {
        @Override
        public GroupConverter asGroupConverter() {
            return new NoConverter();
        }
    }
}
