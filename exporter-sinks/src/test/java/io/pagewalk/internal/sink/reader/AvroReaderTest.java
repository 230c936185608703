package io.pagewalk.internal.sink.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.sink.parquet.TimestampUnit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.Column;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;

/**
 * parquet-avro's reader, which checks the pages' checksums, and skips row groups and pages by statistics, dictionaries and column
 * indexes.
 */
class AvroReaderTest extends ReaderContractTest {
    @Override
    protected List<String> read(CorpusFile file, Path path, Condition condition) throws IOException {
        List<String> lines = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = AvroParquetReader.<GenericRecord>builder(new LocalInputFile(path))
                .usePageChecksumVerification(true)
                .withFilter(
                        condition == null
                                ? FilterCompat.NOOP
                                : FilterCompat.get(
                                        predicate(condition, file.settings().timestampUnit())))
                .build()) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                lines.add(line(row));
            }
        }
        return lines;
    }

    private static FilterPredicate predicate(Condition condition, TimestampUnit unit) {
        String name = condition.column().toString();
        return switch (condition.column()) {
            case topic, timestampType ->
                between(
                        FilterApi.binaryColumn(name),
                        Binary.fromString((String) condition.low()),
                        Binary.fromString((String) condition.high()));
            case partition -> between(FilterApi.intColumn(name), (Integer) condition.low(), (Integer) condition.high());
            case offset -> between(FilterApi.longColumn(name), (Long) condition.low(), (Long) condition.high());
            case timestamp -> {
                long divisor = unit == TimestampUnit.MILLIS ? 1000 : 1;
                yield between(
                        FilterApi.longColumn(name),
                        (Long) condition.low() / divisor,
                        (Long) condition.high() / divisor);
            }
            case key, value ->
                condition.kind() == Condition.Kind.NULL
                        ? FilterApi.eq(FilterApi.binaryColumn(name), null)
                        : FilterApi.notEq(FilterApi.binaryColumn(name), null);
        };
    }

    private static <T extends Comparable<T>, C extends Column<T> & SupportsLtGt> FilterPredicate between(
            C column, T low, T high) {
        return FilterApi.and(FilterApi.gtEq(column, low), FilterApi.ltEq(column, high));
    }

    private static String line(GenericRecord row) {
        List<String> headers = new ArrayList<>();
        for (Object header : (Collection<?>) row.get("headers")) {
            GenericRecord pair = (GenericRecord) header;
            headers.add(RecordLine.header(bytes(pair.get("key")), bytes(pair.get("value"))));
        }
        return RecordLine.of(
                row.get("topic").toString(),
                (int) row.get("partition"),
                (long) row.get("offset"),
                micros((Instant) row.get("timestamp")),
                row.get("timestampType").toString(),
                bytes(row.get("key")),
                bytes(row.get("value")),
                headers);
    }

    /** The seconds alone may be too many for it, before the rest is added. */
    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    private static byte[] bytes(Object payload) {
        if (payload instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        return payload == null ? null : payload.toString().getBytes(UTF_8);
    }
}
