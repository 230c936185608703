package io.pagewalk.internal.sink.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaPackingTest {
    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 2, 32, 33, 128, 129, 130, 161, 1000, 20_000})
    void hasWhatParquetJavaHasAndIsReadByIt(int count) throws IOException {
        for (int width = 0; width <= 64; width++) {
            Random random = new Random(width);
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = width == 0 ? 7 : random.nextLong() >> (Long.SIZE - width);
            }
            check(values, width <= 32);
            check(values, false);
        }
    }

    private static void check(long[] values, boolean narrow) throws IOException {
        PageBytes page = PageBytes.small(1 << 20);
        new DeltaPacking().append(values, values.length, narrow, page);

        byte[] bytes = bytes(page.toInput());
        if (narrow) {
            try (var writer = new DeltaBinaryPackingValuesWriterForInteger(
                    4096, 1 << 20, HeapByteBufferAllocator.getInstance())) {
                for (long value : values) {
                    writer.writeInteger((int) value);
                }
                same(bytes, bytes(writer.getBytes()), values.length);
            }
        } else {
            try (var writer =
                    new DeltaBinaryPackingValuesWriterForLong(4096, 1 << 20, HeapByteBufferAllocator.getInstance())) {
                for (long value : values) {
                    writer.writeLong(value);
                }
                same(bytes, bytes(writer.getBytes()), values.length);
            }
        }
        DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
        reader.initFromPage(values.length, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes)));
        for (long value : values) {
            assertThat(narrow ? reader.readInteger() : reader.readLong()).isEqualTo(value);
        }
    }

    /** Where there are miniature blocks without values, nobody looks at their widths, and parquet-java's are those of before. */
    private static void same(byte[] bytes, byte[] expected, int count) {
        if ((count - 1) % 128 == 0) {
            assertThat(bytes).isEqualTo(expected);
        } else {
            assertThat(bytes).hasSameSizeAs(expected);
        }
    }

    private static byte[] bytes(BytesInput input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        input.writeAllTo(out);
        return out.toByteArray();
    }
}
