package io.pagewalk.internal.schema.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.registry.RegistryClient;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.RowReader;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads are of several messages of one Protobuf schema. */
class SeveralMessagesTest {
    private static final String FILE = """
            syntax = "proto3"; package shop;
            message Order { int32 id = 1; } message Parcel { string note = 1; message Label { int32 no = 1; } }
            message Refund { int32 cents = 1; }""";
    /** As Confluent counts messages: the first one, the second, the first within the second, the third. */
    private static final byte[] ORDER = {0};

    private static final byte[] PARCEL = {2, 2};
    private static final byte[] LABEL = {4, 2, 0};
    private static final byte[] REFUND = {2, 4};
    private static final byte[] FIELD_1_IS_5 = {8, 5};
    private static final byte[] FIELD_1_IS_X = {10, 1, 'x'};

    private final StandInRegistry registry = StandInRegistry.start();
    private final List<MetSchema> onRecord = new ArrayList<>();

    @TempDir
    Path directory;

    private Storage output;

    @BeforeEach
    void open() throws IOException {
        output = LocalStorage.open(directory, "_pagewalk/tmp=", "run");
        registry.register("orders-value", "PROTOBUF", FILE);
    }

    @AfterEach
    void close() throws IOException {
        output.close();
        registry.close();
    }

    @Test
    void haveAMemberEachOfThoseThatWereSampled() {
        FrozenColumn frozen = freeze("", false, record(1, PARCEL, FIELD_1_IS_X), record(1, ORDER, FIELD_1_IS_5));

        assertThat(frozen.pinned().message()).isEqualTo("shop.Order,shop.Parcel");
        assertThat(frozen.columns())
                .map(column -> column.path() + " " + column.type())
                .containsExactly("value.Order.id int32", "value.Parcel.note string");
        registry.close();
        RowReader reader = open(frozen).newReader();
        RowEvents events = new RowEvents();
        reader.read(record(1, ORDER, FIELD_1_IS_5), events);
        assertThat(defined(events)).isEqualTo("0:3 1:1");
        assertThat(number(events, 0)).isEqualTo(5);
        reader.read(record(1, PARCEL, FIELD_1_IS_X), events);
        assertThat(defined(events)).isEqualTo("0:1 1:3");
        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> reader.read(record(1, REFUND, FIELD_1_IS_5), events))
                .withMessageContaining("the value: the payload is of another message than the column");
    }

    @Test
    void areThatOneIfAllThatWereSampledAreOfIt() {
        assertThat(freeze("", false, record(1, LABEL, FIELD_1_IS_5)).columns())
                .map(column -> column.path() + " " + column.type())
                .containsExactly("value.no int32");
        assertThat(freeze("", false, record(1, ORDER, FIELD_1_IS_5)).pinned().message())
                .isEmpty();
        assertThat(freeze("", false).columns())
                .map(column -> column.path() + " " + column.type())
                .containsExactly("value.id int32");
    }

    @Test
    void areThoseThatAreNamed() {
        FrozenColumn frozen = freeze("shop.Refund,Order", false, record(1, PARCEL, FIELD_1_IS_X));

        assertThat(frozen.columns())
                .map(column -> column.path() + " " + column.type())
                .containsExactly("value.Refund.cents int32", "value.Order.id int32");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> freeze("Order,Nothing", false))
                .withMessageContaining("no version has the message Nothing");
    }

    @Test
    void areReadOfVersionsThatComeLater() {
        FrozenColumn frozen = freeze("Order,Refund", false);
        registry.register("orders-value", "PROTOBUF", FILE.replace("Parcel", "Box"));
        RowEvents events = new RowEvents();

        open(frozen).newReader().read(record(2, REFUND, FIELD_1_IS_5), events);

        assertThat(onRecord).extracting(MetSchema::id).containsExactly("2");
        assertThat(defined(events)).isEqualTo("0:1 1:3");
        assertThat(number(events, 1)).isEqualTo(5);
    }

    @Test
    void areBadWithFieldsThatTheSchemaLacksWhereThatIsAskedFor() {
        byte[] more = {8, 5, 72, 1};
        RowEvents events = new RowEvents();
        open(freeze("Order", false)).newReader().read(record(1, ORDER, more), events);
        assertThat(events.number(0)).isEqualTo(5);

        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> open(freeze("Order", true)).newReader().read(record(1, ORDER, more), events))
                .withMessageContaining("the schema has no such field (at 9)");
    }

    private RegistryClient client() {
        return new RegistryClient(
                RegistrySettings.of(registry.url(), Map.of(), Map.of()), null, Duration.ofSeconds(5), () -> false);
    }

    private FrozenColumn freeze(String message, boolean refusesUnknown, RecordView... sampled) {
        SampledFrames frames = new SampledFrames(Part.VALUE, false);
        for (RecordView record : sampled) {
            frames.see(record);
        }
        SchemaChoice choice =
                new SchemaChoice("protobuf", SchemaChoice.ALL, List.of(), message, refusesUnknown, "", null);
        return new ColumnFreeze("orders", Part.VALUE, choice, TimeUnit.MICROSECONDS).fromRegistry(client(), frames);
    }

    private SchemaColumn open(FrozenColumn frozen) {
        SchemaFiles files = new SchemaFiles(output, "_pagewalk/orders/1/schemas");
        frozen.schemas().forEach(files::write);
        return SchemaColumn.open(
                Part.VALUE,
                frozen.pinned(),
                files,
                List.copyOf(onRecord),
                TimeUnit.MICROSECONDS,
                new RegistryMeeting(this::client, files, onRecord::add, Set.of(), () -> false, Duration.ZERO));
    }

    /** The leaf and the definition level of each event. */
    private static String defined(RowEvents events) {
        List<String> all = new ArrayList<>();
        for (int event = 0; event < events.count(); event++) {
            all.add(events.leaf(event) + ":" + events.definition(event));
        }
        all.sort(null);
        return String.join(" ", all);
    }

    private static long number(RowEvents events, int leaf) {
        int event = 0;
        while (events.leaf(event) != leaf) {
            event++;
        }
        return events.number(event);
    }

    private static RecordView record(int id, byte[] message, byte[] body) {
        byte[] payload = new byte[5 + message.length + body.length];
        payload[4] = (byte) id;
        System.arraycopy(message, 0, payload, 5, message.length);
        System.arraycopy(body, 0, payload, 5 + message.length, body.length);
        return new ReusableRecord()
                .begin("orders", 3, 12, 1000, TimestampType.CREATE_TIME)
                .value(payload)
                .view()
                .copy();
    }
}
