package io.pagewalk.internal.sink.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.sink.FileFormatContractTest;
import io.pagewalk.internal.sink.Row;
import io.pagewalk.internal.sink.Row.HeaderRow;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads back with parquet-avro's reader as it comes, without options. */
@ParameterizedClass
@EnumSource(ParquetCompression.class)
class ParquetFormatContractTest extends FileFormatContractTest {
    @Parameter
    ParquetCompression compression;

    @Override
    protected FileFormat format(PayloadFormats payloads) {
        return new ParquetFormat(
                payloads, new ParquetSettings(compression, TimestampUnit.MICROS, 1, 32 * 1024, 4 * 1024));
    }

    @Override
    protected FileFormat defaultFormat(PayloadFormats payloads) {
        return new ParquetFormat(payloads, ParquetSettings.defaults(compression, TimestampUnit.MICROS));
    }

    @Override
    protected List<Row> read(Path file, PayloadFormats payloads) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                rows.add(row(row));
            }
        }
        return rows;
    }

    private static Row row(GenericRecord row) {
        List<HeaderRow> headers = new ArrayList<>();
        for (Object header : (Collection<?>) row.get("headers")) {
            GenericRecord pair = (GenericRecord) header;
            headers.add(new HeaderRow(pair.get("key").toString(), payload(pair.get("value"))));
        }
        return new Row(
                row.get("topic").toString(),
                (int) row.get("partition"),
                (long) row.get("offset"),
                ((Instant) row.get("timestamp")).toEpochMilli(),
                row.get("timestampType").toString(),
                payload(row.get("key")),
                payload(row.get("value")),
                headers);
    }

    private static String payload(Object payload) {
        if (payload == null) {
            return null;
        }
        if (payload instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Row.text(copy);
        }
        return Row.text(payload.toString().getBytes(UTF_8));
    }
}
