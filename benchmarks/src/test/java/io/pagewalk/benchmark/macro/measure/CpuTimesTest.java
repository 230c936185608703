package io.pagewalk.benchmark.macro.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTimesTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    @Test
    void addsUserAndSystemTimeOfTheChildren() {
        assertThat(CpuTimes.ofChildren("0m0.010s 0m0.020s\n1m2.500s 0m3.250s\n"))
                .isEqualTo(65.75, EXACTLY);
    }

    @Test
    void readsWhatDashPrints() {
        assertThat(CpuTimes.ofChildren("0m0.000000s 0m0.000000s\n12m0.340000s 0m0.060000s\n"))
                .isEqualTo(720.4, EXACTLY);
    }

    @Test
    void readsADecimalComma() {
        assertThat(CpuTimes.ofChildren("0m0,001s 0m0,001s\n0m1,500s 0m0,500s\n"))
                .isEqualTo(2.0, EXACTLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0m0.010s 0m0.020s\n", "0m0.010s 0m0.020s\n1m2.500s\n", "a\nb\n"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CpuTimes.ofChildren(text));
    }
}
