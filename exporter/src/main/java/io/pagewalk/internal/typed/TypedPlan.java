package io.pagewalk.internal.typed;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.column.ColumnFreeze;
import io.pagewalk.internal.schema.column.FrozenColumn;
import io.pagewalk.internal.schema.column.SampledFrames;
import io.pagewalk.internal.schema.frame.FrameHeaders;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.payload.FormatDetector;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.PlannedColumn;
import io.pagewalk.payload.PlannedSchemas;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.payload.TypedFormats;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out which columns an export's keys and values get. It is given the sampled records, then the plan. For one thread. */
public final class TypedPlan implements Consumer<RecordView> {
    private final ExportSpec spec;
    private final @Nullable RegistryPlace registry;
    private final BooleanSupplier stopped;
    private final SampledFrames keys = new SampledFrames(Part.KEY, false);
    private final SampledFrames values = new SampledFrames(Part.VALUE, false);
    /** Those that say which schema payloads are of tell nothing of the others. */
    private final FormatDetector headers = new FormatDetector();

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, SchemaRegistry> clients = new HashMap<>();
    private final List<PlannedColumn> columns = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /** @param registry null if none was named */
    public TypedPlan(ExportSpec spec, @Nullable RegistryPlace registry, BooleanSupplier stopped) {
        this.spec = spec;
        this.registry = registry;
        this.stopped = stopped;
    }

    /** Whether there may be any. */
    public static boolean isAskedFor(ExportSpec spec, @Nullable RegistryPlace registry) {
        boolean looks = spec.keyFormat() == null || spec.valueFormat() == null;
        return spec.keySchema() != null || spec.valueSchema() != null || (registry != null && looks);
    }

    @Override
    public void accept(RecordView record) {
        keys.see(record);
        values.see(record);
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            if (!FrameHeaders.isFrame(header.key())) {
                headers.sample(header.value());
            }
        }
    }

    /**
     * The plan with typed columns.
     *
     * @param plan whose ends are frozen
     * @throws UsageException if there are none for what was asked for
     */
    public ExportPlan of(ExportPlan plan) {
        FrozenColumn key = column(Part.KEY, spec.keyFormat(), keys);
        FrozenColumn value = column(Part.VALUE, spec.valueFormat(), values);
        if (key == null && value == null) {
            return plan;
        }
        PayloadFormats formats = new PayloadFormats(
                format(Part.KEY, key, plan.formats().key()),
                format(Part.VALUE, value, plan.formats().value()),
                isFramed(key) || isFramed(value) ? headers() : plan.formats().header());
        PinnedSchemas pinned =
                new PinnedSchemas(key == null ? null : key.pinned(), value == null ? null : value.pinned(), List.of());
        return plan.with(formats, new PlannedSchemas(pinned, files, columns, notices));
    }

    private PayloadFormat headers() {
        PayloadFormat asked = spec.headerFormat();
        return asked == null ? headers.format() : asked;
    }

    private static boolean isFramed(@Nullable FrozenColumn column) {
        return column != null && !column.pinned().frame().isEmpty();
    }

    private static PayloadFormat format(Part part, @Nullable FrozenColumn column, PayloadFormat otherwise) {
        return column == null
                ? otherwise
                : new TypedFormats.Named(
                        part, column.kind().toString(), column.column().type());
    }

    private @Nullable FrozenColumn column(Part part, @Nullable PayloadFormat format, SampledFrames sampled) {
        SchemaChoice choice = spec.schema(part.toString());
        if (choice == null && (format != null || !looksFramed(sampled))) {
            return null;
        }
        SchemaChoice asked = choice == null ? SchemaChoice.of(SchemaChoice.REGISTRY) : choice;
        ColumnFreeze freeze = new ColumnFreeze(spec.topic(), part, asked, TypedReading.unit(spec.fileSettings()));
        FrozenColumn column = asked.file() == null
                ? freeze.fromRegistry(client(asked.context()), sampled)
                : freeze.fromFile(asked.file());
        files.putAll(column.files());
        columns.addAll(column.columns());
        column.notices().forEach(notice -> notices.add(notice.path() + " " + notice.text()));
        return column;
    }

    /** Bytes may look like a frame by chance, but hardly like one of a schema that is there. */
    private boolean looksFramed(SampledFrames sampled) {
        if (registry == null || sampled.kind() == null) {
            return false;
        }
        SchemaRegistry client = client("");
        for (SchemaKey key : sampled.keys()) {
            if (!(client.find(key) instanceof SchemaAnswer.Found)) {
                return false;
            }
        }
        return true;
    }

    /** One for keys and values: it reads files of settings, and keeps its connections and tokens. */
    private SchemaRegistry client(String context) {
        if (registry == null) {
            throw new UsageException(
                    "schemas are asked for, and no schema registry is named", Advice.CHANGE_REGISTRY_SETTINGS);
        }
        return clients.computeIfAbsent(context, named -> registry.open(named, stopped));
    }
}
