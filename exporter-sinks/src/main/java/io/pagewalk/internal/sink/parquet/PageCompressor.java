package io.pagewalk.internal.sink.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages one at a time, without Hadoop's codecs: those load Hadoop's configuration, which takes longer than a
 * small export, and set up a context a page. What it returns is valid until the next call.
 */
final class PageCompressor implements BytesInputCompressor {
    private final CompressionCodecName codec;
    private final Algorithm algorithm;
    private byte[] output = new byte[0];

    private PageCompressor(CompressionCodecName codec, Algorithm algorithm) {
        this.codec = codec;
        this.algorithm = algorithm;
    }

    static BytesInputCompressor of(ParquetSettings settings) {
        CompressionCodecName codec = settings.compression().codec();
        return switch (settings.compression()) {
            case ZSTD -> new PageCompressor(codec, new ZstdAlgorithm(settings.zstdLevel()));
            case SNAPPY -> new PageCompressor(codec, new SnappyAlgorithm());
            case LZ4_RAW -> new PageCompressor(codec, new Lz4Algorithm());
            case GZIP -> new GzipPages();
            case NONE -> new PlainPages();
        };
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        ByteBuffer input = bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), copied -> {});
        int length = input.remaining();
        int bound = algorithm.bound(length);
        if (output.length < bound) {
            output = new byte[bound];
        }
        int offset = input.arrayOffset() + input.position();
        return BytesInput.from(output, 0, algorithm.compress(input.array(), offset, length, output));
    }

    @Override
    public CompressionCodecName getCodecName() {
        return codec;
    }

    @Override
    public void release() {
        algorithm.close();
    }

    private interface Algorithm extends AutoCloseable {
        /** The most that {@code length} bytes can become. */
        int bound(int length);

        int compress(byte[] input, int offset, int length, byte[] output) throws IOException;

        @Override
        default void close() {}
    }

    private static final class ZstdAlgorithm implements Algorithm {
        private final ZstdCompressCtx context = new ZstdCompressCtx();

        ZstdAlgorithm(int level) {
            context.setLevel(level);
        }

        @Override
        public int bound(int length) {
            return Math.toIntExact(Zstd.compressBound(length));
        }

        @Override
        public int compress(byte[] input, int offset, int length, byte[] output) {
            return context.compressByteArray(output, 0, output.length, input, offset, length);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static final class SnappyAlgorithm implements Algorithm {
        @Override
        public int bound(int length) {
            return Snappy.maxCompressedLength(length);
        }

        @Override
        public int compress(byte[] input, int offset, int length, byte[] output) throws IOException {
            return Snappy.compress(input, offset, length, output, 0);
        }
    }

    /** In Java alone: native and Java versions of LZ4 compress to different bytes. */
    private static final class Lz4Algorithm implements Algorithm {
        private final Lz4Compressor compressor = new Lz4Compressor();

        @Override
        public int bound(int length) {
            return compressor.maxCompressedLength(length);
        }

        @Override
        public int compress(byte[] input, int offset, int length, byte[] output) {
            return compressor.compress(input, offset, length, output, 0, output.length);
        }
    }

    private static final class GzipPages implements BytesInputCompressor {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            output.reset();
            try (GZIPOutputStream gzip = new GZIPOutputStream(output)) {
                bytes.writeAllTo(gzip);
            }
            return BytesInput.from(output);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.GZIP;
        }

        @Override
        public void release() {}
    }

    private static final class PlainPages implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) {
            return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {}
    }
}
