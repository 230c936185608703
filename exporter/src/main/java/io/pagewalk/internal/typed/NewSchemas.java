package io.pagewalk.internal.typed;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.column.NewerVersions;
import io.pagewalk.internal.schema.column.SchemaFiles;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.log.ExportState;
import io.pagewalk.payload.PinnedSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before a run of a series begins, whether the registry has newer schemas with fields that the series' columns lack. The first look of a
 * command counts for all its runs. For one thread.
 */
public final class NewSchemas {
    /** A run does not need the answer, so it does not wait for one as long as for what it needs. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_TOLD = 10;

    private final @Nullable RegistryPlace registry;
    private final SchemaFiles files;
    private final boolean fails;
    private final Consumer<String> told;
    private final BooleanSupplier stopped;
    private boolean looked;

    /**
     * @param registry knows schemas, or is null
     * @param files of the export's schemas
     * @param fails whether no run begins then; else it is told of in a line
     */
    public NewSchemas(
            @Nullable RegistryPlace registry,
            SchemaFiles files,
            boolean fails,
            Consumer<String> told,
            BooleanSupplier stopped) {
        this.registry = registry;
        this.files = files;
        this.fails = fails;
        this.told = told;
        this.stopped = stopped;
    }

    /**
     * Looks.
     *
     * @param last the run before the one that is to begin
     * @throws FormatMismatchException if no run is to begin
     * @throws PagewalkException if that cannot be told, and none is to begin then
     */
    public void look(ExportState last) {
        PinnedSchemas pinned = last.start().schemas();
        if (looked || pinned == null) {
            return;
        }
        looked = true;
        String topic = last.start().extent().topic();
        try {
            find(topic, pinned, last);
        } catch (StoppedException | FormatMismatchException e) {
            throw e;
        } catch (PagewalkException e) {
            if (fails) {
                throw e;
            }
            told.accept("topic " + topic + ": whether the schema registry has newer schemas cannot be told: "
                    + Reasons.line(e) + "; the run goes on without");
        }
    }

    private void find(String topic, PinnedSchemas pinned, ExportState last) {
        List<String> versions = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (Part part : List.of(Part.KEY, Part.VALUE)) {
            PinnedSchemas.Column column = pinned.column(part.toString());
            if (column != null && !column.frame().isEmpty()) {
                SchemaRegistry client = client(topic, column);
                if (client == null) {
                    return;
                }
                NewerVersions newer = new NewerVersions(
                        client,
                        part.toString(),
                        column,
                        files,
                        TypedReading.unit(last.start().options().fileSettings()));
                newer.look();
                versions.addAll(newer.versions());
                lacking.addAll(newer.lacking());
            }
        }
        if (!lacking.isEmpty()) {
            tell("topic " + topic + ": the schema registry has newer versions (" + some(versions)
                    + "), and the series lacks columns of them: " + some(lacking)
                    + "; records with values there are bad, a new export into another output has all columns");
        }
    }

    private @Nullable SchemaRegistry client(String topic, PinnedSchemas.Column column) {
        if (registry != null) {
            return registry.open(column.context(), fails ? registry.retryTimeout() : PATIENCE, stopped);
        }
        if (fails) {
            throw new UsageException(
                    "topic " + topic
                            + ": whether there are newer schemas cannot be told, as no schema registry is named",
                    Advice.CHANGE_REGISTRY_SETTINGS);
        }
        return null;
    }

    private void tell(String problem) {
        if (fails) {
            throw new FormatMismatchException(problem, Advice.KEEP_THE_COLUMNS);
        }
        told.accept(problem);
    }

    private static String some(List<String> all) {
        String first = String.join(", ", all.subList(0, Math.min(MOST_TOLD, all.size())));
        return all.size() <= MOST_TOLD ? first : first + " and " + (all.size() - MOST_TOLD) + " more";
    }
}
