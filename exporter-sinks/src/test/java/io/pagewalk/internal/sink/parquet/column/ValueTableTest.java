package io.pagewalk.internal.sink.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTableTest {
    /** Values of a few bytes' alphabet, so that many differ in one byte alone, at any place of an array, its end among them. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void tellsApartWhatDiffersInAByteOrItsLengthAlone(long seed) {
        Random random = new Random(seed);
        ValueTable table = new ValueTable(1 << 20, 0);
        Map<ByteBuffer, Integer> expected = new HashMap<>();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            byte[] value = new byte[random.nextInt(28)];
            Arrays.fill(value, (byte) 'a');
            for (int changes = random.nextInt(3); changes > 0 && value.length > 0; changes--) {
                value[random.nextInt(value.length)] = (byte) "b\0\u00FF".charAt(random.nextInt(3));
            }
            int before = random.nextInt(9);
            int behind = random.nextInt(9);
            byte[] array = new byte[before + value.length + behind];
            random.nextBytes(array);
            System.arraycopy(value, 0, array, before, value.length);

            int id = table.idOf(array, before, value.length);

            Integer known = expected.putIfAbsent(ByteBuffer.wrap(value), entries.size());
            assertThat(id).as("value %d of seed %d", i, seed).isEqualTo(known == null ? entries.size() : known);
            if (known == null) {
                entries.add(value);
            }
        }
        assertThat(table.count()).isEqualTo(entries.size()).isGreaterThan(1000);
        for (int id = 0; id < entries.size(); id++) {
            PageBytes page = PageBytes.small(100);
            table.appendEntry(id, page);
            assertThat(Arrays.copyOfRange(page.array(), page.offset() + Integer.BYTES, page.offset() + page.size()))
                    .as("entry %d of seed %d", id, seed)
                    .isEqualTo(entries.get(id));
        }
    }
}
