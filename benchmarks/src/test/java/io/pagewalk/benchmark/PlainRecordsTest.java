package io.pagewalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainRecordsTest {
    private final PlainRecords records = new PlainRecords();

    @Test
    void areOfOneLengthInAsciiWithoutHeadersAndNulls() {
        for (long number : new long[] {0, 1, 16, 100, 999_999, 30_000_000, 4_000_000_000L}) {
            byte[] value = records.value(number);

            assertThat(value).as("record %d", number).hasSize(PlainRecords.VALUE_BYTES);
            for (byte b : value) {
                assertThat(b).as("record %d", number).isBetween((byte) ' ', (byte) '~');
            }
            assertThat(records.key(number)).as("record %d", number).isNotEmpty();
            assertThat(records.headers(number)).as("record %d", number).isEmpty();
        }
    }
}
