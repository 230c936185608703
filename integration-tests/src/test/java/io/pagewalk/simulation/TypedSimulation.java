package io.pagewalk.simulation;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.run.SchemaRecord;
import io.pagewalk.internal.schema.column.RegistryMeeting;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.schema.registry.RegistryClient;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.typed.RegistryPlace;
import io.pagewalk.internal.typed.TypedPlan;
import io.pagewalk.internal.typed.TypedReading;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.log.ExportState;
import io.pagewalk.model.Direction;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.Size;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * An export of a simulated topic whose values are Avro's. Two schemas are there when it begins; records of others follow, and what these are
 * the registry may say now and deny the next time.
 */
final class TypedSimulation implements AutoCloseable {
    static final String SUBJECT = SimulatedTopic.NAME + "-value";
    /** Registered later. */
    static final int LATER = 3;
    /** Likewise, and means one thing today and another one tomorrow. */
    static final int EITHER = 4;
    /** Of which nobody has ever heard. */
    static final int NEVER = 5;

    private static final String FIRST = """
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"int"},{"name":"note","type":"string"}]}""";
    private static final String SECOND = """
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"long"},{"name":"note","type":"string","default":"none"},
              {"name":"price","type":"double","default":0}]}""";
    private static final String THIRD = """
            {"type":"record","name":"Order","fields":[{"name":"note","type":"string"},{"name":"id","type":"long"}]}""";
    private static final String OTHER = """
            {"type":"record","name":"Order","fields":[{"name":"id","type":"int"},{"name":"memo","type":"string"}]}""";
    /** What is there when it begins. */
    static final Map<Integer, String> PINNED = Map.of(1, FIRST, 2, SECOND);
    /** All that may be there. */
    static final Map<Integer, String[]> ALL = Map.of(
            1, new String[] {FIRST}, 2, new String[] {SECOND}, LATER, new String[] {THIRD}, EITHER, new String[] {
                FIRST.replace("Order", "Renamed"), OTHER
            });

    private final StandInRegistry registry = StandInRegistry.start();
    private final List<List<Integer>> ids = new ArrayList<>();
    private final SimulatedExport export;

    TypedSimulation(String format, Direction direction, int... sizes) {
        Random random = new Random(sizes.length);
        List<List<byte[]>> values = new ArrayList<>();
        for (int size : sizes) {
            List<Integer> partition = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                partition.add(i < 3 || random.nextInt(3) == 0 ? 1 + i % 2 : LATER + random.nextInt(3));
            }
            ids.add(partition);
            values.add(partition.stream().map(id -> value(id, random)).toList());
        }
        export = new SimulatedExport(SimulatedTopic.ofValues(values), direction, 12, 4, format);
    }

    private static byte[] value(int id, Random random) {
        Schema schema = AvroPayloads.schema(
                switch (id) {
                    case 2 -> SECOND;
                    case LATER -> THIRD;
                    default -> FIRST;
                });
        String note = "note " + random.nextInt(1000);
        Object[] fields = switch (id) {
            case 2 -> new Object[] {random.nextLong(), note, random.nextInt(100) / 8.0};
            case LATER -> new Object[] {note, random.nextLong()};
            default -> new Object[] {random.nextInt(), note};
        };
        return AvroPayloads.framed(id, schema, AvroPayloads.record(schema, fields));
    }

    SimulatedTopic topic() {
        return export.topic();
    }

    /** The ids of a partition's records from one offset to another that are not pinned. */
    Set<Integer> met(int partition, long start, long end) {
        long first = export.topic().extent().partitions().get(partition).start();
        Set<Integer> met = new TreeSet<>(ids.get(partition).subList((int) (start - first), (int) (end - first)));
        met.removeAll(PINNED.keySet());
        return met;
    }

    /**
     * Runs to the end, or to the failure or crash that the storage or the registry has in store.
     *
     * @param freeze what the registry is like when the export begins
     * @param mood what it is like from then on
     * @param setsAside whether records that cannot be decoded are set aside
     * @throws io.pagewalk.error.PagewalkException if it ends before it is complete
     */
    void run(Storage storage, String runId, RegistryMood freeze, RegistryMood mood, boolean setsAside)
            throws IOException {
        run(storage, runId, freeze, mood, setsAside, RunLimits.NONE);
    }

    void run(Storage storage, String runId, RegistryMood freeze, RegistryMood mood, boolean setsAside, RunLimits limits)
            throws IOException {
        ExportSpec spec = spec();
        mood.of(registry, SUBJECT);
        SimulatedExport how = setsAside ? export.settingAside() : export;
        how.run(
                storage,
                runId,
                limits,
                new SimulatedExport.Made(
                        spec,
                        () -> plan(spec, freeze, mood),
                        topic().log(),
                        topic().reader(),
                        (state, output, entries) -> payloads(state, output, entries, mood, setsAside)));
    }

    private ExportSpec spec() {
        return new ExportSpec(
                SimulatedTopic.NAME,
                new OffsetBound.Earliest(),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                export.direction(),
                IsolationLevel.READ_COMMITTED,
                Size.records(export.pageSize()),
                Size.records(export.fileSize()),
                PayloadFormat.STRING,
                null,
                PayloadFormat.STRING,
                FileFormats.pin(export.format(), "none", null),
                null,
                ExportSpec.UTC,
                null,
                null,
                SchemaChoice.of(SchemaChoice.REGISTRY));
    }

    private ExportPlan plan(ExportSpec spec, RegistryMood freeze, RegistryMood mood) {
        freeze.of(registry, SUBJECT);
        TypedPlan typed = new TypedPlan(
                spec, new RegistryPlace(registry.url(), Map::of, Map.of(), freeze.retryTimeout()), () -> false);
        ExportPlan plan = export.plan(spec);
        try {
            topic().reader()
                    .read(new Slice(new TopicPartition(SimulatedTopic.NAME, 0), new OffsetRange(0, 3)), typed::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ExportPlan made = typed.of(plan);
        mood.of(registry, SUBJECT);
        return made;
    }

    /** As a run of the library makes them, but that a registry which does not know an id is not asked again for half a minute. */
    private PayloadFormats payloads(
            ExportState state, Storage output, CheckpointLog entries, RegistryMood mood, boolean setsAside) {
        PinnedSchemas pinned = Objects.requireNonNull(state.start().schemas());
        SchemaFiles files = new SchemaFiles(output, OutputLayout.schemas(new LogName(SimulatedExport.ID, 1)));
        RegistrySettings settings = RegistrySettings.of(registry.url(), Map.of(), Map.of());
        RegistryMeeting meeting = new RegistryMeeting(
                () -> new RegistryClient(settings, null, mood.retryTimeout(), () -> false),
                files,
                new SchemaRecord(entries, state.metSchemas()),
                setsAside ? Set.of(Part.VALUE.toString()) : Set.of(),
                () -> true);
        return state.start()
                .options()
                .formats(new TypedReading(
                        pinned,
                        files,
                        state.metSchemas(),
                        state.start().options().fileSettings(),
                        meeting));
    }

    @Override
    public void close() {
        registry.close();
    }

    @Override
    public String toString() {
        return export.format() + " " + export.direction();
    }
}
