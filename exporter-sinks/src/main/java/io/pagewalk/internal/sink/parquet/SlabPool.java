package io.pagewalk.internal.sink.parquet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Memory that parquet-java's columns fill and give back page by page. Fresh memory for each page would have to be zeroed, and
 * collected while the next one is being filled. Confined to the thread of one encoder.
 */
final class SlabPool implements ByteBufferAllocator {
    private final int maxFreeBytes;
    private final List<ByteBuffer> free = new ArrayList<>();
    private long freeBytes;

    /**
     * An empty pool.
     *
     * @param maxFreeBytes what is kept at most; more would be memory that the row group's limit does not know of
     */
    SlabPool(int maxFreeBytes) {
        this.maxFreeBytes = maxFreeBytes;
    }

    @Override
    public ByteBuffer allocate(int size) {
        int best = -1;
        for (int i = 0; i < free.size(); i++) {
            int capacity = free.get(i).capacity();
            // Twice the size at most: a large slab behind a small buffer would be memory that nobody counts.
            boolean fits = capacity >= size && capacity / 2 <= size;
            if (fits && (best < 0 || capacity < free.get(best).capacity())) {
                best = i;
            }
        }
        if (best < 0) {
            return ByteBuffer.allocate(size);
        }
        ByteBuffer slab = free.remove(best);
        freeBytes -= slab.capacity();
        return slab.clear().limit(size);
    }

    @Override
    public void release(ByteBuffer slab) {
        if (slab.capacity() > maxFreeBytes) {
            return;
        }
        free.add(slab);
        freeBytes += slab.capacity();
        while (freeBytes > maxFreeBytes) {
            freeBytes -= free.remove(0).capacity();
        }
    }

    @Override
    public boolean isDirect() {
        return false;
    }
}
