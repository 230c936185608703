package io.pagewalk.internal.sink;

import static io.pagewalk.internal.sink.Records.header;
import static io.pagewalk.internal.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Allocation;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a record costs on its way into a file, in bytes allocated and in calls to the disk: guards that say the same on a slow
 * machine as on a fast one. The limits are a fifth above what the interpreter allocates, which is what the compiler allocates
 * at most.
 */
class HotPathTest {
    private static final int RECORDS = 50_000;

    @ParameterizedTest(name = "{0} {1}: at most {2} bytes a record")
    @CsvSource({"jsonl, none, 8", "jsonl, zstd, 8", "jsonl, gzip, 8", "parquet, none, 345", "parquet, zstd, 290"})
    void allocatesLittleARecord(String name, String compression, long limit) {
        FileFormat format = format(name, compression);
        List<RecordView> records = records();
        encode(format, records, new CountingStream());

        long allocated = Allocation.of(() -> encode(format, records, new CountingStream()));

        assertThat(allocated / RECORDS).isLessThan(limit);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"jsonl, none", "parquet, none", "parquet, zstd"})
    void writesInLargePieces(String name, String compression) {
        CountingStream out = new CountingStream();

        encode(format(name, compression), records(), out);

        assertThat(out.bytes / out.writes).isGreaterThan(64 << 10);
    }

    private static FileFormat format(String name, String compression) {
        return FileFormats.create(FileFormats.pin(name, compression, null), Records.JSON);
    }

    private static List<RecordView> records() {
        List<RecordView> records = new ArrayList<>(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            String value = "{\"id\":" + i + ",\"customer\":\"customer-" + i % 5000 + "\",\"amount\":" + i % 977
                    + ".25,\"note\":\"" + Integer.toHexString(i * 31) + "\",\"text\":\"" + "lorem ipsum ".repeat(20)
                    + "\"}";
            records.add(record(i, "\"key-" + i % 1000 + "\"", value, header("trace", "\"" + i + "\"")));
        }
        return records;
    }

    private static void encode(FileFormat format, List<RecordView> records, OutputStream out) {
        try (FileFormat.Encoder encoder = format.encoder(out)) {
            for (RecordView record : records) {
                encoder.write(record);
            }
            encoder.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CountingStream extends OutputStream {
        long bytes;
        long writes;

        @Override
        public void write(int b) {
            bytes++;
            writes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
            writes++;
        }
    }
}
