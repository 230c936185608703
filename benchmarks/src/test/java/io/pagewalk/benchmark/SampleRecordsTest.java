package io.pagewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
import org.junit.jupiter.api.Test;

class SampleRecordsTest {
    @Test
    void makesJsonOfOneLengthForAnyNumber() {
        SampleRecords records = new SampleRecords();

        for (long number : new long[] {0, 1, 9, 10, 999_999, 30_000_000, 4_000_000_000L}) {
            byte[] value = records.value(number);

            assertThat(value).as("record %d", number).hasSize(SampleRecords.VALUE_BYTES);
            assertThat(PayloadFormat.JSON.accepts(ByteView.of(value)))
                    .as("record %d", number)
                    .isTrue();
        }
    }

    @Test
    void makesTheSameRecordAgain() {
        assertThat(new SampleRecords().value(7)).isEqualTo(new SampleRecords().value(7));
        assertThat(new SampleRecords().value(7)).isNotEqualTo(new SampleRecords().value(8));
    }
}
