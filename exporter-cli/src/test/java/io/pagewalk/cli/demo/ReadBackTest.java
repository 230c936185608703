package io.pagewalk.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.demo.Ledger.Position;
import io.pagewalk.cli.demo.Order.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it finds in files that an export would never write. */
class ReadBackTest {
    private static final int ORDERS = 300;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message record {
              required int32 partition;
              required int64 offset;
              required int64 timestamp;
              optional binary key (STRING);
              optional binary value (JSON);
              required group headers (LIST) {
                repeated group list {
                  required group element {
                    required binary key (STRING);
                    optional binary value (STRING);
                  }
                }
              }
            }""");

    @TempDir
    Path output;

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void produceOrdersAtTheOffsetsOfTheirNumbers() {
        for (int number = 0; number < ORDERS; number++) {
            ledger.addCommitted(Map.of(position(number), number));
        }
    }

    @Test
    void findsNothingWhereEverythingIsAsProduced() throws IOException {
        write("a", 0, 120);
        write("b", 120, ORDERS);

        assertThat(ReadBack.compare(output, ledger, OrderRow::isAsProduced))
                .isEqualTo(new ReadBack.Result(2, ORDERS, List.of()));
    }

    @Test
    void ordersHaveTombstonesAndRepeatedAndNullHeaders() {
        assertThat(ledger.committed().values().stream()
                        .filter(number -> Order.of(number).value() == null))
                .hasSizeBetween(1, ORDERS / 10);
        assertThat(ledger.committed().values())
                .anyMatch(number -> Order.of(number).tags().contains(new Tag("retry", null)));
        assertThat(ledger.committedIn(Order.PARTITIONS - 1)).isZero();
    }

    @Test
    void findsWhatIsMissing() throws IOException {
        write("a", 0, ORDERS - 1);

        assertThat(findings()).containsExactly("missing: " + position(ORDERS - 1));
    }

    @Test
    void findsWhatIsThereTwice() throws IOException {
        write("a", 0, ORDERS);
        write("b", 7, 8);

        assertThat(findings()).containsExactly("b.parquet: there twice: " + position(7));
    }

    @Test
    void findsWhatWasAbortedOrNeverProduced() throws IOException {
        ledger.addAborted(Map.of(position(ORDERS), ORDERS));
        write("a", 0, ORDERS + 2);

        assertThat(findings())
                .containsExactly(
                        "a.parquet: aborted: " + position(ORDERS),
                        "a.parquet: never produced: " + position(ORDERS + 1));
    }

    @Test
    void findsWhatIsNotAsProduced() throws IOException {
        write("a", 1, ORDERS);
        Order order = Order.of(0);
        String other = order.value() == null ? "{}" : null;

        write("b", List.of(row(0, new Order(order.partition(), order.timestamp(), order.key(), other, order.tags()))));

        assertThat(findings()).containsExactly("b.parquet: not what was produced: " + position(0));
    }

    private List<String> findings() throws IOException {
        return ReadBack.compare(output, ledger, OrderRow::isAsProduced).findings();
    }

    private static Position position(int number) {
        return new Position(Order.of(number).partition(), number);
    }

    private void write(String name, int first, int end) throws IOException {
        write(
                name,
                IntStream.range(first, end)
                        .mapToObj(number -> row(number, Order.of(number)))
                        .toList());
    }

    private void write(String name, List<Group> rows) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        new LocalOutputFile(output.resolve(name + ".parquet")))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        }
    }

    private static Group row(long offset, Order order) {
        Group row = new SimpleGroup(SCHEMA)
                .append("partition", order.partition())
                .append("offset", offset)
                .append("timestamp", TimeUnit.MILLISECONDS.toMicros(order.timestamp()))
                .append("key", order.key());
        if (order.value() != null) {
            row.append("value", order.value());
        }
        Group headers = row.addGroup("headers");
        for (Tag tag : order.tags()) {
            Group header = headers.addGroup("list").addGroup("element").append("key", tag.key());
            if (tag.value() != null) {
                header.append("value", tag.value());
            }
        }
        return row;
    }
}
