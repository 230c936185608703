package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OddRecordsTest {
    private static final int RECORDS = 2000;

    private final OddRecords records = new OddRecords();

    @Test
    void keysHaveSeveralHundredBytes() {
        for (long number = 0; number < RECORDS; number++) {
            assertThat(records.key(number).length)
                    .as("record %d", number)
                    .isBetween(OddRecords.LEAST_KEY_BYTES, OddRecords.MOST_KEY_BYTES);
        }
    }

    @Test
    void valuesAreNestedDeeply() {
        int deepest = 0;
        for (long number = 0; number < RECORDS; number++) {
            String value = new String(records.value(number), US_ASCII);
            int depth = (int) value.chars().filter(c -> c == '{' || c == '[').count();

            assertThat(depth).as("record %d", number).isBetween(10, OddRecords.MOST_DEPTH);
            deepest = Math.max(deepest, depth);
        }
        assertThat(deepest).isEqualTo(OddRecords.MOST_DEPTH);
    }

    @Test
    void noTwoHeadersHaveTheSameName() {
        Set<String> names = new HashSet<>();
        int headers = 0;
        for (long number = 0; number < RECORDS; number++) {
            for (SampleHeader header : records.headers(number)) {
                names.add(header.key());
                headers++;
            }
        }
        assertThat(names).hasSize(headers).hasSizeGreaterThan(RECORDS);
    }
}
