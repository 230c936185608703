package io.pagewalk.internal.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlabPoolTest {
    private static final int LIMIT = 1000;

    private final SlabPool pool = new SlabPool(LIMIT);

    @Test
    void handsOutWhatWasGivenBack() {
        ByteBuffer slab = pool.allocate(100);
        slab.put(new byte[60]);
        pool.release(slab);

        ByteBuffer again = pool.allocate(80);

        assertThat(again).isSameAs(slab);
        assertThat(again.position()).isZero();
        assertThat(again.limit()).isEqualTo(80);
        assertThat(pool.allocate(80)).isNotSameAs(slab);
    }

    @Test
    void wastesNoLargeSlabOnASmallNeed() {
        ByteBuffer slab = pool.allocate(900);
        pool.release(slab);

        assertThat(pool.allocate(400)).isNotSameAs(slab);
    }

    /** Records that grow never fit what was given back; keeping all of it would fill the heap. */
    @Test
    void keepsNoMoreThanItsLimit() {
        Set<ByteBuffer> released = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int size = 100; size <= 2 * LIMIT; size += 50) {
            ByteBuffer slab = ByteBuffer.allocate(size);
            pool.release(slab);
            released.add(slab);
        }

        int kept = 0;
        for (int size = 2 * LIMIT; size >= 100; size -= 50) {
            ByteBuffer slab = pool.allocate(size);
            kept += released.contains(slab) ? slab.capacity() : 0;
        }
        assertThat(kept).isBetween(1, LIMIT);
    }
}
