package io.pagewalk.internal.sink.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShortestDecimalTest {
    private static final int MANY = 300_000;

    private final ShortestDecimal shortest = new ShortestDecimal();

    @Test
    void readsBackAsTheSameNumberAndNoShorterOneDoes() {
        Random random = new Random(1);
        for (int i = 0; i < MANY; i++) {
            double value =
                    Math.abs(i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(1 << 20) / 100.0);
            checkDouble(value);
        }
        for (int exponent = -1074; exponent < 1024; exponent++) {
            double power = Math.scalb(1.0, exponent);
            checkDouble(power);
            checkDouble(Math.nextUp(power));
            checkDouble(Math.nextDown(power));
        }
    }

    private void checkDouble(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return;
        }
        shortest.takeDouble(Double.doubleToLongBits(value));
        String text = shortest.digits() + "E" + shortest.exponent();
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
        String java = new BigDecimal(Double.toString(value))
                .stripTrailingZeros()
                .unscaledValue()
                .toString();
        assertThat(Long.toString(shortest.digits()).length()).as(text).isLessThanOrEqualTo(java.length());
        if (shortest.digits() >= 10) {
            BigDecimal exact = new BigDecimal(value);
            for (long other : new long[] {shortest.digits() / 10, shortest.digits() / 10 + 1}) {
                double read = Double.parseDouble(other + "E" + (shortest.exponent() + 1));
                assertThat(read).as("%s for %s", other, exact).isNotEqualTo(value);
            }
        }
    }

    @Test
    void doesSoForSmallFloatsToo() {
        Random random = new Random(2);
        for (int i = 0; i < MANY; i++) {
            float value = Math.abs(i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(10_000) / 8f);
            checkFloat(value);
        }
        for (int exponent = -149; exponent < 128; exponent++) {
            checkFloat(Math.scalb(1f, exponent));
        }
    }

    private void checkFloat(float value) {
        if (value == 0 || !Float.isFinite(value)) {
            return;
        }
        shortest.takeFloat(Float.floatToIntBits(value));
        String text = shortest.digits() + "E" + shortest.exponent();
        assertThat(Float.parseFloat(text)).as(text).isEqualTo(value);
        String java = new BigDecimal(Float.toString(value))
                .stripTrailingZeros()
                .unscaledValue()
                .toString();
        assertThat(Long.toString(shortest.digits()).length()).as(text).isLessThanOrEqualTo(java.length());
    }
}
