package io.pagewalk.internal.schema.column;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.internal.schema.registry.SubjectVersion;
import io.pagewalk.payload.MetSchema;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry what ids stand for. A registry may follow another one, so one that does not know an id is asked again for a while. The
 * schema's file is written first, then it goes on record, and only then it is used.
 */
public final class RegistryMeeting implements MeetsSchemas {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<@Nullable SchemaRegistry> registry;
    private final SchemaFiles files;
    private final Consumer<MetSchema> record;
    private final Set<String> recordsUnknown;
    private final BooleanSupplier stopped;
    private final Duration patience;
    private @Nullable SchemaRegistry opened;

    /**
     * @param registry opened when it is asked first; null if none was named
     * @param record puts on record
     * @param recordsUnknown the columns whose ids are put on record also if nobody knows them: their records are set aside
     * @param stopped whether to stop waiting
     */
    public RegistryMeeting(
            Supplier<@Nullable SchemaRegistry> registry,
            SchemaFiles files,
            Consumer<MetSchema> record,
            Set<String> recordsUnknown,
            BooleanSupplier stopped) {
        this(registry, files, record, recordsUnknown, stopped, PATIENCE);
    }

    RegistryMeeting(
            Supplier<@Nullable SchemaRegistry> registry,
            SchemaFiles files,
            Consumer<MetSchema> record,
            Set<String> recordsUnknown,
            BooleanSupplier stopped,
            Duration patience) {
        this.registry = registry;
        this.files = files;
        this.record = record;
        this.recordsUnknown = Set.copyOf(recordsUnknown);
        this.stopped = stopped;
        this.patience = patience;
    }

    @Override
    public MetSchema met(String column, SchemaKey key) throws UnknownSchemaException {
        SchemaRegistry client = client();
        if (client == null) {
            throw new UsageException(
                    "records have the schema " + key.text() + " in their " + column
                            + ", which is not on record, and no schema registry is named",
                    Advice.CHANGE_REGISTRY_SETTINGS);
        }
        SchemaAnswer answer = ask(client, key);
        MetSchema met;
        if (answer instanceof SchemaAnswer.Found found) {
            RegisteredSchema schema = found.schema();
            files.write(schema);
            met = new MetSchema(column, key.text(), subject(client, key), schema.digest());
        } else if (recordsUnknown.contains(column)) {
            met = new MetSchema(column, key.text(), "", null);
        } else {
            throw new UnknownSchemaException();
        }
        record.accept(met);
        return met;
    }

    /** One for all ids: it reads files of settings, and keeps its connections and tokens. */
    private synchronized @Nullable SchemaRegistry client() {
        if (opened == null) {
            opened = registry.get();
        }
        return opened;
    }

    private SchemaAnswer ask(SchemaRegistry client, SchemaKey key) {
        long begun = System.nanoTime();
        SchemaAnswer answer = client.find(key);
        while (answer instanceof SchemaAnswer.Unknown
                && System.nanoTime() - begun < patience.toNanos()
                && !stopped.getAsBoolean()) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answer;
            }
            answer = client.find(key);
        }
        return answer;
    }

    private static String subject(SchemaRegistry client, SchemaKey key) {
        List<SubjectVersion> subjects = client.subjectsOf(key);
        return subjects.isEmpty() ? "" : subjects.get(0).subject();
    }
}
