package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.merge.Unmatched;
import io.pagewalk.payload.PinnedSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The table of a column, and how each version that was known when it was made is bound to it. The same versions give the same table.
 * Immutable, and safe for use by any number of threads.
 */
final class ColumnTable {
    /** @param pinned what is on record of it */
    record Version(PinnedSchemas.Version pinned, ParsedSchema schema) {}

    private final TableSchema table;
    private final List<Version> versions;
    private final List<String> subjects;
    private final List<Binding> bindings;

    private ColumnTable(TableSchema table, List<Version> versions, List<String> subjects) {
        this.table = table;
        this.versions = versions;
        this.subjects = subjects;
        List<Binding> bound = new ArrayList<>();
        Map<String, Integer> merged = new LinkedHashMap<>();
        for (Version version : versions) {
            String subject = version.pinned().subject();
            int index = subjects.indexOf(subject);
            bound.add(
                    version.pinned().merged()
                            ? table.binding(index, merged.merge(subject, 1, Integer::sum) - 1)
                            : table.bindLater(index, version.schema().type(), Unmatched.DROPPED));
        }
        bindings = List.copyOf(bound);
    }

    /**
     * Makes the table.
     *
     * @param column {@code key} or {@code value}
     * @param versions those of a subject oldest first; of each subject at least one is merged
     * @param unit of all times in the table
     * @throws SchemaRefusedException if there is no table for them
     */
    static ColumnTable of(String column, List<Version> versions, TimeUnit unit) throws SchemaRefusedException {
        Map<String, List<SchemaVersion>> merged = new LinkedHashMap<>();
        for (Version version : versions) {
            if (version.pinned().merged()) {
                merged.computeIfAbsent(version.pinned().subject(), subject -> new ArrayList<>())
                        .add(new SchemaVersion(
                                label(version.pinned()), version.schema().type()));
            }
        }
        List<SchemaSubject> subjects = merged.entrySet().stream()
                .map(subject -> new SchemaSubject(subject.getKey(), subject.getValue()))
                .toList();
        return new ColumnTable(
                TableSchema.merge(column, subjects, unit), List.copyOf(versions), List.copyOf(merged.keySet()));
    }

    /** How people are told of a version. */
    static String label(PinnedSchemas.Version version) {
        return version.subject().isEmpty() ? "the file" : version.subject() + " version " + version.number();
    }

    TableSchema table() {
        return table;
    }

    List<Version> versions() {
        return versions;
    }

    /** How values of a version become the table's. */
    Binding binding(int version) {
        return bindings.get(version);
    }

    /**
     * Likewise, of a version that was not known when the table was made.
     *
     * @param subject what it is registered under
     * @return null if the table has no place for the subject
     */
    @Nullable
    Binding bindLater(String subject, ParsedSchema schema) {
        int index = subjects.size() == 1 ? 0 : subjects.indexOf(subject);
        return index < 0 ? null : table.bindLater(index, schema.type(), Unmatched.BAD);
    }
}
