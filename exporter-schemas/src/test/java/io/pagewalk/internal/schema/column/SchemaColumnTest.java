package io.pagewalk.internal.schema.column;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.spi.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a registry to a pinned column, and from payloads to its values, also without the registry. */
class SchemaColumnTest {
    private static final String FIRST = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"},{"name":"note","type":"string"}]}""";
    private static final String SECOND = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}""";
    private static final String WITHOUT_NOTE = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]}""";

    private final StandInRegistry registry = StandInRegistry.start();
    private final List<MetSchema> onRecord = new ArrayList<>();

    @TempDir
    Path directory;

    private Storage output;

    @BeforeEach
    void open() throws IOException {
        output = LocalStorage.open(directory, "_pagewalk/tmp=", "run");
    }

    @AfterEach
    void close() throws IOException {
        output.close();
        registry.close();
    }

    @Test
    void readsPayloadsOfAllVersionsIntoOneColumnWithoutTheRegistry() throws Exception {
        int first = registry.register("orders-value", "AVRO", FIRST);
        int second = registry.register("orders-value", "AVRO", SECOND);
        FrozenColumn frozen = freeze(SchemaChoice.of("registry"));
        registry.close();

        SchemaColumn column = open(frozen, false);

        assertThat(column.name()).isEqualTo("avro");
        assertThat(frozen.columns()).hasSize(2);
        RowEvents events = new RowEvents();
        RowReader reader = column.newReader();
        assertThat(text(reader.read(record(framed(first, FIRST, 7, "seven")), events)))
                .isEqualTo("" + first);
        assertThat(events.number(0)).isEqualTo(7);
        assertThat(text(reader.read(record(framed(second, SECOND, 8L, null)), events)))
                .isEqualTo("" + second);
        assertThat(events.number(0)).isEqualTo(8);
        assertThat(onRecord).isEmpty();
    }

    @Test
    void putsOnRecordWhatIsMetLaterAndAsksOnce() throws Exception {
        registry.register("orders-value", "AVRO", FIRST);
        FrozenColumn frozen = freeze(SchemaChoice.of("avro"));
        int later = registry.register("orders-value", "AVRO", WITHOUT_NOTE);
        SchemaColumn column = open(frozen, false);
        int before = registry.requests().size();

        for (int i = 0; i < 3; i++) {
            column.newReader().read(record(framed(later, WITHOUT_NOTE, 9, null)), new RowEvents());
        }

        assertThat(onRecord).hasSize(1);
        assertThat(onRecord.get(0).id()).isEqualTo("" + later);
        assertThat(onRecord.get(0).subject()).isEqualTo("orders-value");
        assertThat(registry.requests()).hasSize(before + 2);
        registry.close();
        RowEvents events = new RowEvents();
        open(frozen, false).newReader().read(record(framed(later, WITHOUT_NOTE, 9, null)), events);
        assertThat(events.number(0)).isEqualTo(9);
        assertThat(onRecord).hasSize(1);
    }

    @Test
    void whatNobodyKnowsGoesOnRecordOnlyIfItsRecordsAreSetAside() {
        registry.register("orders-value", "AVRO", FIRST);
        FrozenColumn frozen = freeze(SchemaChoice.of("avro"));
        byte[] unknown = framed(4711, SECOND, 9L, null);

        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> open(frozen, false).newReader().read(record(unknown), new RowEvents()))
                .withMessageContaining("schema 4711 of the value is unknown");
        assertThat(onRecord).isEmpty();

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(BadRecordException.class)
                    .isThrownBy(() -> open(frozen, true).newReader().read(record(unknown), new RowEvents()))
                    .satisfies(bad -> assertThat(bad.kind()).isEqualTo(KnownSchemas.UNKNOWN));
        }
        assertThat(onRecord).containsExactly(new MetSchema("value", "4711", "", null));
    }

    @Test
    void aPayloadThatIsBadSaysWhereAndTheNextOneIsRead() throws Exception {
        int id = registry.register("orders-value", "AVRO", FIRST);
        RowReader reader = open(freeze(SchemaChoice.of("avro")), false).newReader();
        byte[] good = framed(id, FIRST, 7, "seven");
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 1);

        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> reader.read(record(cut), new RowEvents()))
                .withMessageContaining("orders-3 offset 12")
                .withMessageContaining("(at note)");
        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> reader.read(record("{}".getBytes(UTF_8)), new RowEvents()))
                .withMessageContaining("no schema frame");
        RowEvents events = new RowEvents();
        reader.read(record(good), events);
        assertThat(events.number(0)).isEqualTo(7);
    }

    @Test
    void aVersionThatIsChosenMakesTheColumnAndOthersAreReadIntoIt() throws Exception {
        int first = registry.register("orders-value", "AVRO", FIRST);
        registry.register("orders-value", "AVRO", SECOND);
        SchemaChoice latest = new SchemaChoice("avro", SchemaChoice.LATEST, List.of(), "", false, "", null);

        FrozenColumn frozen = freeze(latest);

        assertThat(frozen.columns()).hasSize(1);
        RowEvents events = new RowEvents();
        open(frozen, false).newReader().read(record(framed(first, FIRST, 7, "left out")), events);
        assertThat(events.count()).isEqualTo(1);
        assertThat(events.number(0)).isEqualTo(7);
    }

    @Test
    void payloadsWithoutFramesAreOfTheSchemaThatIsGiven() throws Exception {
        SchemaChoice.File file = new SchemaChoice.File("order.avsc", FIRST, new java.util.TreeMap<>());
        SchemaChoice choice = new SchemaChoice("avro", SchemaChoice.ALL, List.of(), "", false, "", file);
        FrozenColumn frozen = new ColumnFreeze("orders", Part.VALUE, choice, TimeUnit.MICROSECONDS).fromFile(file);

        RowEvents events = new RowEvents();
        ByteView id = open(frozen, false).newReader().read(record(binary(FIRST, 7, "seven")), events);

        assertThat(id).isNull();
        assertThat(events.number(0)).isEqualTo(7);
    }

    @Test
    void refusesWhatIsNotThereOrOfAnotherKind() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> freeze(SchemaChoice.of("registry")))
                .withMessageContaining("has no subject orders-value");
        registry.register("orders-value", "JSON", "{\"type\":\"object\"}");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> freeze(SchemaChoice.of("avro")))
                .withMessageContaining("its schemas are json-schema, not avro");
    }

    private RegistryClient client() {
        return new RegistryClient(
                RegistrySettings.of(registry.url(), Map.of(), Map.of()), null, Duration.ofSeconds(5), () -> false);
    }

    private FrozenColumn freeze(SchemaChoice choice) {
        return new ColumnFreeze("orders", Part.VALUE, choice, TimeUnit.MICROSECONDS)
                .fromRegistry(client(), new SampledFrames(Part.VALUE, false));
    }

    private SchemaColumn open(FrozenColumn frozen, boolean recordsUnknown) {
        SchemaFiles files = new SchemaFiles(output, "_pagewalk/orders/1/schemas");
        frozen.schemas().forEach(files::write);
        return SchemaColumn.open(
                Part.VALUE,
                frozen.pinned(),
                files,
                List.copyOf(onRecord),
                TimeUnit.MICROSECONDS,
                new RegistryMeeting(
                        this::client,
                        files,
                        onRecord::add,
                        recordsUnknown ? Set.of("value") : Set.of(),
                        () -> false,
                        Duration.ZERO));
    }

    private static String text(ByteView view) {
        return view == null ? "null" : view.toText();
    }

    private static RecordView record(byte[] value) {
        ReusableRecord record = new ReusableRecord();
        record.begin("orders", 3, 12, 1000, TimestampType.CREATE_TIME);
        record.value(value, 0, value.length);
        return record.view();
    }

    private static byte[] framed(int id, String schema, Object number, String note) {
        byte[] body = binary(schema, number, note);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] binary(String schema, Object number, String note) {
        try {
            Schema parsed = new Schema.Parser().parse(schema);
            GenericRecord record = new GenericData.Record(parsed);
            record.put("id", number);
            if (note != null) {
                record.put("note", note);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(parsed).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
