package io.pagewalk.benchmark.macro.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Spread.of(DoubleStream.of(5, 1, 9))).contains(new Spread(5, 1, 9));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 9, 5))).contains(new Spread(4.5, 1, 9));
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        assertThat(Spread.of(DoubleStream.of(Double.NaN, 2))).contains(new Spread(2, 2, 2));
        assertThat(Spread.of(DoubleStream.of(Double.NaN))).isEmpty();
    }

    @Test
    void isWrittenWithThreeDigits() {
        assertThat(new Spread(5.604, 5.5, 6)).hasToString("5.60 (5.50..6.00)");
        assertThat(new Spread(48.04, 47, 1234)).hasToString("48.0 (47.0..1234)");
        assertThat(new Spread(0.1234, 0.1234, 0.1234)).hasToString("0.12");
    }
}
