package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderRecordsTest {
    private static final int ALL = 17 * 101 * 3;

    private final OrderRecords records = new OrderRecords();

    @Test
    void oneKeyOf17AndOneValueOf101IsNull() {
        assertThat(numbers().filter(number -> records.key(number) == null)).hasSize(ALL / 17);
        assertThat(numbers().filter(number -> records.value(number) == null)).hasSize(ALL / 101);
    }

    @Test
    void everyThirdRecordHasTwoHeadersOneOfThemNull() {
        List<List<SampleHeader>> some = numbers()
                .mapToObj(records::headers)
                .filter(headers -> !headers.isEmpty())
                .toList();

        assertThat(some).hasSize(ALL / 3).allSatisfy(headers -> {
            assertThat(headers).hasSize(2);
            assertThat(headers).filteredOn(header -> header.value() == null).hasSize(1);
        });
    }

    @Test
    void valuesHaveTheLengthsThatWerePromisedAndAllOfThem() {
        List<Integer> lengths = LongStream.concat(
                        numbers(),
                        LongStream.range(3_999_000_000L, 4_000_000_000L).limit(ALL))
                .mapToObj(records::value)
                .filter(value -> value != null)
                .map(value -> value.length)
                .toList();

        assertThat(lengths).allMatch(length -> length >= OrderRecords.LEAST_BYTES && length <= OrderRecords.MOST_BYTES);
        assertThat(lengths)
                .anyMatch(length -> length < OrderRecords.LEAST_BYTES + 20)
                .anyMatch(length -> length > OrderRecords.MOST_BYTES - 20);
    }

    @Test
    void valuesHaveEscapesAndTextThatIsNotAscii() {
        List<String> values = numbers()
                .mapToObj(records::value)
                .filter(value -> value != null)
                .map(value -> new String(value, UTF_8))
                .toList();

        for (String text : List.of("\\\"", "\\n", "\\\\", "\\/", "\\u00e8", "é", "北", "📦")) {
            assertThat(values).as(text).anyMatch(value -> value.contains(text));
        }
    }

    private static LongStream numbers() {
        return LongStream.range(0, ALL);
    }
}
