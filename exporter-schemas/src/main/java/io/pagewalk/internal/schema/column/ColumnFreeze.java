package io.pagewalk.internal.schema.column;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.RegisteredVersion;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.PlannedColumn;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.row.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a column of what schemas there are now. Ends of partitions are frozen before: producers register a schema before they use it, so
 * whatever schema a record of the extent is of is registered by then.
 */
public final class ColumnFreeze {
    private final String topic;
    private final Part part;
    private final SchemaChoice choice;
    private final TimeUnit unit;
    private final List<ColumnTable.Version> versions = new ArrayList<>();
    private final List<RegisteredSchema> schemas = new ArrayList<>();
    private final List<TableNotice> notices = new ArrayList<>();
    private MessageChoice messages;
    private @Nullable SchemaKind kind;

    /** @param unit of all times in the column */
    public ColumnFreeze(String topic, Part part, SchemaChoice choice, TimeUnit unit) {
        this.topic = topic;
        this.part = part;
        this.choice = choice;
        this.unit = unit;
        this.messages = MessageChoice.of(choice.message(), choice.refusesUnknown());
    }

    /**
     * A column of a registry's schemas.
     *
     * @param sampled the frames of payloads that were looked at
     * @throws UsageException if there is none for them
     */
    public FrozenColumn fromRegistry(SchemaRegistry registry, SampledFrames sampled) {
        FrameKind frames = sampled.kind();
        if (sampled.refused() != null) {
            throw refused("payloads are " + sampled.refused());
        }
        if (frames == null) {
            frames = registry.usualFrame();
        }
        List<List<RegisteredVersion>> found =
                new RegisteredVersions(registry, topic, part.toString(), choice).find(sampled.keys());
        if (choice.message().isEmpty()) {
            messages = MessageChoice.of(new SampledMessages(found).of(sampled), choice.refusesUnknown());
        }
        found.forEach(this::add);
        return frozen(frames.toString(), registry.contextName());
    }

    /** A column of the schema that all payloads are of. */
    public FrozenColumn fromFile(SchemaChoice.File file) {
        if (messages.isSeveral()) {
            throw refused("without frames all payloads are of one message, and several are named: " + choice.message());
        }
        try {
            add(GivenSchema.of(choice.format(), file), new PinnedSchemas.Version("", "", 0, true, ""));
        } catch (RegisteredSchema.UnboundedSchemaException e) {
            throw refused("schema " + file.name() + " is too large: " + e.getMessage());
        }
        return frozen("", "");
    }

    private void add(List<RegisteredVersion> subject) {
        for (int i = 0; i < subject.size(); i++) {
            RegisteredVersion version = subject.get(i);
            if (version.rules()) {
                notices.add(new TableNotice(
                        TableNotice.Kind.CONFLICT,
                        part.toString(),
                        "has rules in the registry for " + version.at()
                                + ", which are not applied: what they encrypt stays so"));
            }
            if (version.schema() instanceof SchemaAnswer.Found found) {
                add(
                        found.schema(),
                        new PinnedSchemas.Version(
                                version.key().text(),
                                version.at().subject(),
                                version.at().version(),
                                isMerged(version.at().version(), i == subject.size() - 1),
                                ""));
            } else {
                unusable(version.at().toString());
            }
        }
    }

    private void unusable(String version) {
        notices.add(new TableNotice(
                TableNotice.Kind.CONFLICT,
                part.toString(),
                "cannot be read from records of " + version + ": its schema cannot be used"));
    }

    private boolean isMerged(int version, boolean last) {
        return switch (choice.versions()) {
            case SchemaChoice.ALL -> true;
            case SchemaChoice.LATEST -> last;
            default -> choice.versions().equals("version:" + version);
        };
    }

    private void add(RegisteredSchema schema, PinnedSchemas.Version version) {
        if (kind != null && kind != schema.kind()) {
            throw refused("its schemas are of two kinds, " + kind + " and " + schema.kind());
        }
        kind = schema.kind();
        PinnedSchemas.Version pinned = new PinnedSchemas.Version(
                version.id(), version.subject(), version.number(), version.merged(), schema.digest());
        String label = ColumnTable.label(pinned);
        try {
            ParsedVersion parsed = ParsedVersion.parse(schema, label, messages);
            parsed.notices().stream()
                    .map(notice ->
                            new TableNotice(notice.kind(), part + notice.path(), notice.text() + " (" + label + ")"))
                    .filter(notice -> !notices.contains(notice))
                    .forEach(notices::add);
            versions.add(new ColumnTable.Version(pinned, parsed));
            schemas.add(schema);
        } catch (SchemaRefusedException e) {
            if (version.subject().isEmpty()) {
                throw refused(String.valueOf(e.getMessage()));
            }
            unusable(label + " (" + e.getMessage() + ")");
        }
    }

    private FrozenColumn frozen(String frames, String context) {
        SchemaKind found = kind;
        if (found == null
                || versions.stream().noneMatch(version -> version.pinned().merged())) {
            throw refused("there is no version " + choice.versions() + " that can be used");
        }
        if (!choice.format().equals(SchemaChoice.REGISTRY) && !choice.format().equals(found.toString())) {
            throw refused("its schemas are " + found + ", not " + choice.format());
        }
        try {
            ColumnTable table = ColumnTable.of(part.toString(), versions, messages, unit);
            notices.addAll(table.table().notices());
            List<PinnedSchemas.Version> pinned =
                    versions.stream().map(ColumnTable.Version::pinned).toList();
            return new FrozenColumn(
                    found,
                    new PinnedSchemas.Column(
                            frames,
                            context,
                            messages.text(),
                            messages.refusesUnknown(),
                            table.table().digest(),
                            pinned),
                    table.table().layout().root().member(),
                    schemas,
                    columns(table.table()),
                    notices);
        } catch (SchemaRefusedException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static List<PlannedColumn> columns(TableSchema table) {
        List<PlannedColumn> columns = new ArrayList<>();
        for (RowLayout.Leaf leaf : table.layout().leaves()) {
            columns.add(new PlannedColumn(
                    String.join(".", leaf.path()),
                    leaf.type().toString(),
                    table.origins().get(columns.size())));
        }
        return columns;
    }

    private UsageException refused(String why) {
        return new UsageException("no columns can be made of the " + part + " of topic " + topic + ": " + why);
    }
}
