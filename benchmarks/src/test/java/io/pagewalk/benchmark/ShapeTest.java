package io.pagewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {
    private static final long[] NUMBERS = {0, 1, 9, 10, 999_999, 30_000_000, 4_000_000_000L};

    @ParameterizedTest
    @EnumSource(
            names = {"AVRO", "PROTOBUF"},
            mode = EnumSource.Mode.EXCLUDE)
    void makesJsonOnOneLine(Shape shape) {
        SampleRecords records = shape.records();

        for (long number = 0; number < 10_000; number++) {
            byte[] value = records.value(number);
            if (value != null) {
                assertThat(PayloadFormat.JSON.accepts(ByteView.of(value)))
                        .as("record %d", number)
                        .isTrue();
                assertThat(value).as("record %d", number).doesNotContain('\n');
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesTheSameRecordWhateverWasMadeBefore(Shape shape) {
        SampleRecords records = shape.records();

        for (long number : NUMBERS) {
            assertThat(records.key(number)).isEqualTo(shape.records().key(number));
            assertThat(records.value(number)).isEqualTo(shape.records().value(number));
            assertThat(records.timestamp(number)).isEqualTo(shape.records().timestamp(number));
            assertThat(records.headers(number))
                    .usingRecursiveComparison()
                    .isEqualTo(shape.records().headers(number));
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOtherRecordsForOtherNumbers(Shape shape) {
        assertThat(shape.records().value(7)).isNotEqualTo(shape.records().value(8));
    }
}
