package io.pagewalk.internal.sink.parquet.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.record.ByteView;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private final NameTable names = new NameTable(100_000);

    @Test
    void givesANameTheSameNumberWhereverItStands() {
        assertThat(names.idOf(name("tenant"), 0)).isZero();
        assertThat(names.idOf(name("trace"), 1)).isOne();
        assertThat(names.idOf(name("trace"), 0)).isOne();
        assertThat(names.idOf(name("tenant"), 500)).isZero();
        assertThat(names.idOf(name(""), 2)).isEqualTo(2);
        assertThat(names.idOf(name(""), 2)).isEqualTo(2);
        assertThat(names.count()).isEqualTo(3);
    }

    @Test
    void looksAtTheBytesOfAnArrayThatAReaderUsesAgain() {
        byte[] array = "aaaa".getBytes(UTF_8);
        assertThat(names.idOf(ByteView.of(array), 0)).isZero();
        array[0] = 'b';

        assertThat(names.idOf(ByteView.of(array), 0)).isOne();
        assertThat(names.idOf(name("aaaa"), 0)).isZero();
    }

    @Test
    void isFullBeforeItsNumbersOrBytesRunOut() {
        for (int i = 0; i < 1024; i++) {
            assertThat(names.idOf(name("name-" + i), i)).isEqualTo(i);
        }
        assertThat(names.idOf(name("one more"), 0)).isEqualTo(NameTable.FULL);
        assertThat(names.idOf(name("name-1000"), 0)).isEqualTo(1000);

        names.clear();
        assertThat(names.idOf(name("x".repeat(99_990)), 0)).isZero();
        assertThat(names.idOf(name("y".repeat(10)), 0)).isEqualTo(NameTable.FULL);
        assertThat(names.idOf(name("yy"), 0)).isOne();
    }

    @Test
    void forgetsWhatARowGroupBeforeHad() {
        names.idOf(name("a"), 0);
        names.idOf(name("b"), 1);
        names.clear();

        assertThat(names.idOf(name("b"), 1)).isZero();
        assertThat(names.entries().size()).isEqualTo(5);
    }

    private static ByteView name(String name) {
        return ByteView.of(("<" + name + ">").getBytes(UTF_8), 1, name.getBytes(UTF_8).length);
    }
}
