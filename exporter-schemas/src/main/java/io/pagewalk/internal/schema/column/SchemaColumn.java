package io.pagewalk.internal.schema.column;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.frame.FrameHeaders;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.FrameParser;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.payload.RowReader;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The format of payloads that have schemas, as it is pinned. */
public final class SchemaColumn implements TypedFormat {
    /** The most that a compressed payload may come to: what brokers hardly ever take as one record. */
    private static final int LARGEST = 256 << 20;

    private final Part part;
    private final SchemaKind kind;
    private final ColumnTable table;
    private final @Nullable FrameKind frames;
    private final KnownSchemas known;

    private SchemaColumn(
            Part part, SchemaKind kind, ColumnTable table, @Nullable FrameKind frames, KnownSchemas known) {
        this.part = part;
        this.kind = kind;
        this.table = table;
        this.frames = frames;
        this.known = known;
    }

    /**
     * The format that an export has pinned.
     *
     * @param files where its schemas are
     * @param onRecord what was met since
     * @param unit of all times in the table
     * @param met asked for what ids stand for that are not on record
     * @throws UsageException if it is not what it was when it was pinned
     */
    public static SchemaColumn open(
            Part part,
            PinnedSchemas.Column pinned,
            SchemaFiles files,
            List<MetSchema> onRecord,
            TimeUnit unit,
            MeetsSchemas met) {
        String column = part.toString();
        MessageChoice messages = MessageChoice.of(pinned);
        List<ColumnTable.Version> versions = new ArrayList<>();
        SchemaKind kind = null;
        try {
            for (PinnedSchemas.Version version : pinned.versions()) {
                RegisteredSchema schema = files.read(version.digest());
                kind = schema.kind();
                versions.add(new ColumnTable.Version(
                        version, ParsedVersion.parse(schema, ColumnTable.label(version), messages)));
            }
            ColumnTable table = ColumnTable.of(column, versions, messages, unit);
            if (kind == null || !table.table().digest().equals(pinned.table())) {
                throw new UsageException("the columns of the " + column
                        + " would not be those that the export began with: another version of Pagewalk made them;"
                        + " go on with that one, or start a new export into another output");
            }
            KnownSchemas known = new KnownSchemas(column, table, messages, files, onRecord, met);
            return new SchemaColumn(
                    part, kind, table, pinned.frame().isEmpty() ? null : FrameKind.of(pinned.frame()), known);
        } catch (SchemaRefusedException e) {
            throw new UsageException("the schemas of the " + column + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return kind.toString();
    }

    @Override
    public RowLayout layout() {
        return table.table().layout();
    }

    @Override
    public RowReader newReader() {
        return frames == null
                ? plainReader()
                : new ColumnReader(
                        part, known, new FrameParser(frames, part == Part.KEY, kind == SchemaKind.PROTOBUF, LARGEST));
    }

    /** Without frames all payloads are of the one schema, and of its one message. */
    private RowReader plainReader() {
        ParsedSchema schema = table.versions().get(0).schema().messages().get(0);
        Binding binding = table.bindings(0).get(0);
        if (schema == null || binding == null) {
            throw new IllegalStateException("a column without frames has one schema");
        }
        return new PlainReader(part, schema.reader(binding));
    }

    @Override
    public boolean isFrame(ByteView headerName) {
        return frames != null && FrameHeaders.isFrame(headerName);
    }

    @Override
    public String toString() {
        return name();
    }
}
