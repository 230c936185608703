package io.pagewalk.internal.sink.parquet.column;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** Small numbers as runs and packed bits, which Parquet calls RLE. */
final class PackedRuns {
    private static final int SLAB = 4 * 1024;

    private PackedRuns() {}

    /**
     * The encoded numbers, without what precedes them in a page.
     *
     * @param bits how many bits each of them has
     * @param count how many there are
     * @param numbers the number at an index
     */
    static byte[] encode(int bits, int count, IntUnaryOperator numbers) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (RunLengthBitPackingHybridEncoder runs =
                new RunLengthBitPackingHybridEncoder(bits, SLAB, SLAB, HeapByteBufferAllocator.getInstance())) {
            for (int i = 0; i < count; i++) {
                runs.writeInt(numbers.applyAsInt(i));
            }
            runs.toBytes().writeAllTo(encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }
}
