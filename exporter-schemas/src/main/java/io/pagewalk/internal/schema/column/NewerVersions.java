package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.RegisteredVersion;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.row.RowLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What a registry has that a pinned column lacks: columns of versions that were registered since. For one thread. */
public final class NewerVersions {
    private final SchemaRegistry registry;
    private final String column;
    private final PinnedSchemas.Column pinned;
    private final MessageChoice messages;
    private final SchemaFiles files;
    private final TimeUnit unit;
    private final List<String> labels = new ArrayList<>();
    private final List<String> lacking = new ArrayList<>();

    /**
     * @param column {@code key} or {@code value}
     * @param files where the pinned schemas are
     * @param unit of all times in the column
     */
    public NewerVersions(
            SchemaRegistry registry, String column, PinnedSchemas.Column pinned, SchemaFiles files, TimeUnit unit) {
        this.registry = registry;
        this.column = column;
        this.pinned = pinned;
        this.messages = MessageChoice.of(pinned);
        this.files = files;
        this.unit = unit;
    }

    /** Asks, and compares. Files of schemas are read only if there is a newer version. */
    public void look() {
        List<RegisteredVersion> newer = newer();
        if (newer.isEmpty()) {
            return;
        }
        try {
            List<ColumnTable.Version> versions = new ArrayList<>();
            SchemaKind kind = null;
            for (PinnedSchemas.Version version : pinned.versions()) {
                RegisteredSchema schema = files.read(version.digest());
                kind = schema.kind();
                versions.add(new ColumnTable.Version(
                        version, ParsedVersion.parse(schema, ColumnTable.label(version), messages)));
            }
            RowLayout before =
                    ColumnTable.of(column, versions, messages, unit).table().layout();
            for (RegisteredVersion version : newer) {
                add(version, Objects.requireNonNull(kind), versions);
            }
            compare(
                    before,
                    ColumnTable.of(column, versions, messages, unit).table().layout());
        } catch (SchemaRefusedException e) {
            lacking.add(column + " (" + e.getMessage() + ")");
        }
    }

    private List<RegisteredVersion> newer() {
        SortedMap<String, Integer> newest = new TreeMap<>();
        pinned.versions().stream()
                .filter(version -> !version.subject().isEmpty())
                .forEach(version -> newest.merge(version.subject(), version.number(), Math::max));
        List<RegisteredVersion> newer = new ArrayList<>();
        newest.forEach((subject, known) -> {
            for (int number : registry.versions(subject)) {
                RegisteredVersion version = number > known ? registry.version(subject, number) : null;
                if (version != null) {
                    newer.add(version);
                }
            }
        });
        return newer;
    }

    private void add(RegisteredVersion version, SchemaKind kind, List<ColumnTable.Version> versions) {
        String label = version.at().toString();
        if (!(version.schema() instanceof SchemaAnswer.Found found)) {
            return;
        }
        labels.add(label);
        if (found.schema().kind() != kind) {
            lacking.add(column + " as " + found.schema().kind());
            return;
        }
        try {
            versions.add(new ColumnTable.Version(
                    new PinnedSchemas.Version(
                            version.key().text(),
                            version.at().subject(),
                            version.at().version(),
                            true,
                            found.schema().digest()),
                    ParsedVersion.parse(found.schema(), label, messages)));
        } catch (SchemaRefusedException e) {
            lacking.add(column + " of " + label + " (" + e.getMessage() + ")");
        }
    }

    private void compare(RowLayout before, RowLayout after) {
        Map<String, String> known = new HashMap<>();
        before.leaves()
                .forEach(leaf ->
                        known.put(String.join(".", leaf.path()), leaf.type().toString()));
        for (RowLayout.Leaf leaf : after.leaves()) {
            String path = String.join(".", leaf.path());
            String type = leaf.type().toString();
            String pinnedType = known.get(path);
            if (pinnedType == null) {
                lacking.add(path);
            } else if (!pinnedType.equals(type)) {
                lacking.add(path + " as " + type);
            }
        }
    }

    /** The newer versions. */
    public List<String> versions() {
        return labels;
    }

    /** The columns that a table of all versions would have, and this one lacks, or has of another type. */
    public List<String> lacking() {
        return lacking;
    }
}
