package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import io.pagewalk.model.Direction;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.SchemaChoice;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportSpecTest {
    @Test
    void writesEveryOptionInCanonicalText() {
        ExportSpec request = new ExportSpec(
                "orders",
                OffsetBound.parse("2026-01-31"),
                OffsetBound.parse("offset:0100"),
                PartitionSet.parse("5,3,4"),
                Direction.DESC,
                IsolationLevel.READ_UNCOMMITTED,
                Size.parse("1024MiB"),
                Size.parse("5000"),
                PayloadFormat.STRING,
                null,
                PayloadFormat.BYTES,
                Map.of("format", "parquet", "compression", "zstd", "row-group", "8388608"),
                null,
                ExportSpec.UTC,
                null);

        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("topic", "orders");
        expected.put("from", "2026-01-31T00:00:00Z");
        expected.put("to", "offset:100");
        expected.put("partitions", "3-5");
        expected.put("direction", "desc");
        expected.put("isolation-level", "read_uncommitted");
        expected.put("page-size", "1GiB");
        expected.put("file-size", "5000");
        expected.put("format", "parquet");
        expected.put("compression", "zstd");
        expected.put("key-format", "string");
        expected.put("value-format", "auto");
        expected.put("header-format", "bytes");
        expected.put("time-zone", "UTC");
        assertThat(request.toOptions()).containsExactlyEntriesOf(expected);
    }

    /** A component that is not among the options could change from run to run of one export. */
    @Test
    void writesOtherOptionsWhicheverComponentIsAnother() throws ReflectiveOperationException {
        Map<String, String> file = Map.of("format", "parquet", "compression", "zstd", "timestamp-unit", "micros");
        Object[] one = {
            "orders",
            OffsetBound.parse("offset:1"),
            OffsetBound.parse("offset:9"),
            PartitionSet.parse("0"),
            Direction.ASC,
            IsolationLevel.READ_COMMITTED,
            Size.records(100),
            Size.records(10),
            PayloadFormat.STRING,
            PayloadFormat.STRING,
            PayloadFormat.STRING,
            file,
            null,
            ExportSpec.UTC,
            null,
            null,
            null
        };
        Object[] other = {
            "payments",
            OffsetBound.parse("offset:2"),
            OffsetBound.parse("offset:8"),
            PartitionSet.parse("1"),
            Direction.DESC,
            IsolationLevel.READ_UNCOMMITTED,
            Size.records(200),
            null,
            PayloadFormat.BYTES,
            PayloadFormat.BYTES,
            PayloadFormat.BYTES,
            Map.of("format", "jsonl"),
            "/data/orders",
            ZoneId.of("Europe/Berlin"),
            new Windows(Windows.Unit.DAY, Windows.Layout.HIVE),
            SchemaChoice.of("avro"),
            new SchemaChoice("avro", SchemaChoice.LATEST, List.of("orders"), "", false, "", null)
        };
        RecordComponent[] components = ExportSpec.class.getRecordComponents();
        Constructor<ExportSpec> constructor = ExportSpec.class.getConstructor(
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        Map<String, String> options = constructor.newInstance(one).toOptions();

        for (int i = 0; i < components.length; i++) {
            Object[] changed = one.clone();
            changed[i] = other[i];
            assertThat(constructor.newInstance(changed).toOptions())
                    .as(components[i].getName())
                    .isNotEqualTo(options);
        }
    }

    @Test
    void writesTheSameForTheSameRequestSaidOtherwise() {
        assertThat(request("1GiB", "0,1,2", "2026-01-31").toOptions())
                .isEqualTo(
                        request("1024 mib", "0-2", "2026-01-31T01:00:00+01:00").toOptions());
        assertThat(request("1GiB", "0", "earliest").toOptions())
                .isNotEqualTo(request("1GB", "0", "earliest").toOptions());
    }

    @ParameterizedTest
    @CsvSource({"offset:9, offset:3", "2026-02-01, 2026-01-31", "2026-01-31T00:00:00.001Z, 2026-01-31T01:00:00+01:00"})
    void refusesToBeginBehindTheEnd(String from, String to) {
        assertThatThrownBy(() -> request(from, to))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(
                        "there is nothing from " + OffsetBound.parse(from) + " to " + OffsetBound.parse(to) + ": ");
    }

    @ParameterizedTest
    @CsvSource({"offset:3, offset:3", "2026-01-31, 2026-01-31", "offset:9, 2026-01-31", "2026-01-31, offset:0"})
    void acceptsWhatOnlyTheTopicCanTell(String from, String to) {
        assertThat(request(from, to).toOptions()).containsKeys("from", "to");
    }

    @ParameterizedTest
    @CsvSource({
        "1GiB,    , 128MiB", // the defaults
        "4GiB,    , 128MiB", // more files, not larger ones
        "512MiB,  ,  64MiB", // an eighth of the page
        "800000,  , 100000",
        "50000,   ,  10000", // no smaller than that without being asked
        "7,       ,      7", // a page at most
        "1GiB, 32MiB, 32MiB",
        "50000, 50000, 50000",
        "50000, 128MiB, 50000",
    })
    void cutsAPageIntoFilesThatKeepThreadsBusy(String pageSize, String fileSize, String expected) {
        double recordBytes = 1024;
        Size given = fileSize == null ? null : Size.parse(fileSize);

        assertThat(request(Size.parse(pageSize), given).fileRecords(recordBytes))
                .isEqualTo(Size.parse(expected).toRecords(recordBytes));
    }

    private static ExportSpec request(Size pageSize, Size fileSize) {
        return new ExportSpec(
                "orders",
                new OffsetBound.Earliest(),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                pageSize,
                fileSize,
                null,
                null,
                null,
                Map.of(),
                null,
                ExportSpec.UTC,
                null);
    }

    private static ExportSpec request(String from, String to) {
        return new ExportSpec(
                "orders",
                OffsetBound.parse(from),
                OffsetBound.parse(to),
                PartitionSet.ALL,
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                ExportSpec.DEFAULT_PAGE_SIZE,
                ExportSpec.DEFAULT_FILE_SIZE,
                null,
                null,
                null,
                Map.of(),
                null,
                ExportSpec.UTC,
                null);
    }

    private static ExportSpec request(String pageSize, String partitions, String from) {
        return new ExportSpec(
                "orders",
                OffsetBound.parse(from),
                OffsetBound.parse("latest"),
                PartitionSet.parse(partitions),
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                Size.parse(pageSize),
                ExportSpec.DEFAULT_FILE_SIZE,
                null,
                null,
                null,
                Map.of(),
                null,
                ExportSpec.UTC,
                null);
    }
}
