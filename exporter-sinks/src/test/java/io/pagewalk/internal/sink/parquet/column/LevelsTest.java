package io.pagewalk.internal.sink.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {
    private final Levels levels = new Levels();

    @Test
    void oneRunStandsForLevelsThatAreAllTheSame() throws IOException {
        for (int i = 0; i < 1000; i++) {
            levels.add(1);
        }

        assertThat(levels.encode(1, level -> level)).hasSize(3);
        assertThat(decode(levels.encode(1, level -> level), 1, 1000)).containsOnly(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsEveryLevelInOrder(long seed) throws IOException {
        Random random = new Random(seed);
        for (int page = 0; page < 20; page++) {
            int alike = random.nextInt(2000);
            int count = alike + random.nextInt(500) + 1;
            List<Integer> expected = new ArrayList<>();
            int first = random.nextInt(4);
            IntSupplier next = () -> expected.size() < alike ? first : random.nextInt(4);
            while (expected.size() < count) {
                int level = next.getAsInt();
                levels.add(level);
                expected.add(level);
            }

            assertThat(levels.count()).isEqualTo(count);
            assertThat(decode(levels.encode(2, level -> level), 2, count)).isEqualTo(expected);
            assertThat(decode(levels.encode(1, level -> level / 2), 1, count))
                    .isEqualTo(expected.stream().map(level -> level / 2).toList());
            levels.clear();
        }
    }

    private static List<Integer> decode(byte[] encoded, int bits, int count) throws IOException {
        RunLengthBitPackingHybridDecoder decoder =
                new RunLengthBitPackingHybridDecoder(bits, new ByteArrayInputStream(encoded));
        List<Integer> decoded = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            decoded.add(decoder.readInt());
        }
        return decoded;
    }
}
