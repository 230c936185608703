package io.pagewalk.internal.schema.column;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.column.KnownSchemas.FramedVersion;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.FrameParser;
import io.pagewalk.internal.schema.frame.FrameTable;
import io.pagewalk.payload.RowReader;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.RowEvents;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads payloads with frames: what a frame says is looked up once. */
final class ColumnReader implements RowReader {
    /** Frames of garbage could name any number of schemas. */
    private static final int MOST_FRAMES = 10_000;

    private final Part part;
    private final KnownSchemas known;
    private final FrameParser parser;
    private final Frame frame = new Frame();
    private final FrameTable<FramedVersion> versions = new FrameTable<>();

    ColumnReader(Part part, KnownSchemas known, FrameParser parser) {
        this.part = part;
        this.known = known;
        this.parser = parser;
    }

    @Override
    public @Nullable ByteView read(RecordView record, RowEvents into) {
        ByteView payload = Objects.requireNonNull(part == Part.KEY ? record.key() : record.value());
        if (!parser.parse(record, payload, frame)) {
            throw bad(part, record, String.valueOf(frame.fault()));
        }
        FramedVersion version = versions.get(frame);
        if (version == null) {
            version = version(record);
        }
        VersionReader reader = version.reader();
        if (reader == null) {
            throw bad(part, record, version.problem());
        }
        try {
            reader.read(frame.array(), frame.offset(), frame.end() - frame.offset(), into);
        } catch (BadPayloadException e) {
            throw bad(part, record, e.getMessage());
        }
        return version.id();
    }

    private FramedVersion version(RecordView record) {
        FramedVersion version;
        try {
            version = known.of(frame).forFrame(frame);
        } catch (UnknownSchemaException e) {
            throw new BadRecordException(
                    part,
                    KnownSchemas.UNKNOWN,
                    record + ": schema " + frame.key().text() + " of the " + part
                            + " is unknown to the schema registry, or cannot be used");
        }
        if (versions.size() == MOST_FRAMES) {
            versions.clear();
        }
        versions.put(frame, version);
        return version;
    }

    /** The failure of a record whose payload is bad. */
    static BadRecordException bad(Part part, RecordView record, String problem) {
        return new BadRecordException(part, problem, record + ": the " + part + ": " + problem);
    }
}
