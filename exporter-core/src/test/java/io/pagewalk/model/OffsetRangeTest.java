package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OffsetRangeTest {
    @Test
    void includesItsStartAndExcludesItsEnd() {
        OffsetRange range = new OffsetRange(10, 13);

        assertThat(range.size()).isEqualTo(3);
        assertThat(range.contains(9)).isFalse();
        assertThat(range.contains(10)).isTrue();
        assertThat(range.contains(12)).isTrue();
        assertThat(range.contains(13)).isFalse();
    }

    @Test
    void isEmptyExactlyWhenItsEndsMeet() {
        assertThat(new OffsetRange(7, 7).isEmpty()).isTrue();
        assertThat(new OffsetRange(7, 7).contains(7)).isFalse();
        assertThat(new OffsetRange(7, 8).isEmpty()).isFalse();
    }

    @Test
    void reachesToTheLastOffsetThereIs() {
        OffsetRange all = new OffsetRange(0, Long.MAX_VALUE);

        assertThat(all.size()).isEqualTo(Long.MAX_VALUE);
        assertThat(all.first(Long.MAX_VALUE)).isEqualTo(all);
        assertThat(all.last(1)).isEqualTo(new OffsetRange(Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    @Test
    void splitsFromTheFrontAndFromTheBack() {
        OffsetRange range = new OffsetRange(10, 20);

        assertThat(range.first(3)).isEqualTo(new OffsetRange(10, 13));
        assertThat(range.last(3)).isEqualTo(new OffsetRange(17, 20));
        assertThat(range.first(0)).isEqualTo(new OffsetRange(10, 10));
        assertThat(range.last(0)).isEqualTo(new OffsetRange(20, 20));
        assertThat(range.first(11)).isEqualTo(range);
        assertThat(range.last(Long.MAX_VALUE)).isEqualTo(range);
    }

    @Test
    void isNeitherInvertedNorNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OffsetRange(5, 4))
                .withMessageContaining("[5, 4)");
        assertThatIllegalArgumentException().isThrownBy(() -> new OffsetRange(-1, 4));
    }

    @Test
    void readsLikeAHalfOpenRange() {
        assertThat(new OffsetRange(3, 9)).hasToString("[3, 9)");
    }
}
