package io.pagewalk.sink.parquet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Memory that parquet-java's columns fill and give back page by page. Fresh memory for each page would have to be zeroed, and
 * collected while the next one is being filled. Confined to the thread of one encoder.
 */
final class SlabPool implements ByteBufferAllocator {
    /** So that slabs of an odd page do not stay for the rest of the file. */
    private static final int MAX_FREE = 64;

    private final List<ByteBuffer> free = new ArrayList<>();

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
        return best < 0 ? ByteBuffer.allocate(size) : free.remove(best).clear().limit(size);
    }

    @Override
    public void release(ByteBuffer slab) {
        if (free.size() < MAX_FREE && slab.hasArray()) {
            free.add(slab);
        }
    }

    @Override
    public boolean isDirect() {
        return false;
    }
}
