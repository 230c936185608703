package io.pagewalk.internal.typed;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.schema.column.MeetsSchemas;
import io.pagewalk.internal.schema.column.RegistryMeeting;
import io.pagewalk.internal.schema.column.SchemaColumn;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.payload.TypedFormats;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The formats of an export's payloads, as its log has them. Each column is opened once. Any thread may use it. */
public final class TypedReading implements TypedFormats {
    private final PinnedSchemas pinned;
    private final SchemaFiles files;
    private final List<MetSchema> onRecord;
    private final TimeUnit unit;
    private final MeetsSchemas meets;

    /**
     * @param onRecord what was met since
     * @param meets decides what further ids stand for
     */
    public TypedReading(
            PinnedSchemas pinned,
            SchemaFiles files,
            List<MetSchema> onRecord,
            Map<String, String> fileSettings,
            MeetsSchemas meets) {
        this.pinned = pinned;
        this.files = files;
        this.onRecord = List.copyOf(onRecord);
        this.unit = unit(fileSettings);
        this.meets = meets;
    }

    /** What times in typed columns count in. */
    static TimeUnit unit(Map<String, String> fileSettings) {
        return switch (RecordColumns.timestamps(fileSettings)) {
            case TIMESTAMP_MILLIS -> TimeUnit.MILLISECONDS;
            case TIMESTAMP_NANOS -> TimeUnit.NANOSECONDS;
            default -> TimeUnit.MICROSECONDS;
        };
    }

    /** Decides what ids stand for that are met, by asking a registry, and puts it on record. */
    public static MeetsSchemas asking(
            @Nullable RegistryPlace registry,
            PinnedSchemas pinned,
            SchemaFiles files,
            Consumer<MetSchema> record,
            Set<Part> setsAside,
            BooleanSupplier stopped) {
        Supplier<@Nullable SchemaRegistry> client =
                () -> registry == null ? null : registry.open(context(pinned), stopped);
        return new RegistryMeeting(
                client, files, record, setsAside.stream().map(Part::toString).collect(Collectors.toSet()), stopped);
    }

    private static String context(PinnedSchemas pinned) {
        PinnedSchemas.Column column = pinned.value() == null ? pinned.key() : pinned.value();
        return Objects.requireNonNull(column).context();
    }

    @Override
    public TypedFormat open(Part part, String name) {
        PinnedSchemas.Column column = pinned.column(part.toString());
        if (column == null) {
            throw new IllegalArgumentException("its " + part + " is " + name + ", and it has no schemas of it");
        }
        return SchemaColumn.open(part, column, files, onRecord, unit, meets);
    }

    /**
     * The formats of a run.
     *
     * @param names as it has pinned them
     */
    public PayloadFormats formats(Map<String, String> names) {
        return PayloadFormats.ofMap(names, this);
    }
}
