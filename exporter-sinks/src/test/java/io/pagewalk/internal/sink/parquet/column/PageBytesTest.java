package io.pagewalk.internal.sink.parquet.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PageBytesTest {
    private final PageBytes page = new PageBytes(8, 100);

    @Test
    void putsLevelsBeforeWhatWasAppended() {
        page.appendWithLength(new byte[] {1, 2, 3, 4}, 1, 2);
        page.putInFront(new byte[] {9});

        assertThat(content()).containsExactly(1, 0, 0, 0, 9, 2, 0, 0, 0, 2, 3);
    }

    @Test
    void makesRoomForMoreLevelsThanUsual() {
        page.append((byte) 7);
        page.putInFront(new byte[30]);
        page.putInFront(new byte[] {5});

        assertThat(page.size()).isEqualTo(1 + 34 + 5);
        assertThat(content()).startsWith(1, 0, 0, 0, 5, 30, 0, 0, 0, 0).endsWith(0, 7);
        page.append((byte) 8);
        assertThat(content()).endsWith(7, 8);
    }

    @Test
    void writesNumbersOfSevenBitsAByte() {
        page.appendVarint(0);
        page.appendVarint(127);
        page.appendVarint(300);
        page.appendVarint(-1);

        assertThat(content()).containsExactly(0, 127, (byte) 0xAC, 2, -1, -1, -1, -1, 15);
    }

    @Test
    void growsAndGivesBackWhatALargeRecordTook() {
        byte[] large = new byte[5000];
        Arrays.fill(large, (byte) 3);

        page.appendInt(-2);
        page.append(large, 0, large.length);
        assertThat(content()).hasSize(5004).startsWith(-2, -1, -1, -1, 3).endsWith(3);
        page.clear();

        assertThat(page.size()).isZero();
        assertThat(page.array()).hasSize(108);
    }

    private byte[] content() {
        byte[] content = new byte[page.size()];
        ByteBuffer.wrap(page.array(), page.offset(), page.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .get(content);
        return content;
    }
}
