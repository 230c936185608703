package io.pagewalk.internal.typed;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.frame.FrameFault;
import io.pagewalk.internal.schema.frame.FrameTable;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.own.OwnAnswer;
import io.pagewalk.internal.schema.own.OwnFrames;
import io.pagewalk.internal.schema.own.OwnSchema;
import io.pagewalk.internal.schema.own.OwnTable;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadSchema;
import org.jspecify.annotations.Nullable;

/** Payloads that say which schema they are of. What a frame says is looked up once. Confined to one thread. */
final class FramedPart implements OwnPart {
    private static final String UNKNOWN = "the schema is unknown to the schema registry";
    private static final String NOT_ASKED = "the schema was not asked for: too many others of the page are unknown";
    private static final String UNUSABLE = "the schema cannot be used";
    private static final String OF_GLUE = "of a schema of AWS Glue, whose registry is not asked";
    /** Frames of garbage could name any number of schemas. */
    private static final int MOST_FRAMES = 10_000;

    /**
     * What a frame stands for.
     *
     * @param found null if its payloads are not read
     * @param reason why not; null if they are taken for payloads without a schema
     */
    private record Looked(
            PayloadSchema schema,
            @Nullable OwnSchema found,
            @Nullable String reason) {}

    /** @param reader null if the schema cannot be used */
    private record Opened(@Nullable OwnReader reader) {}

    private final SchemaChoice choice;
    private final boolean auto;
    private final DecodingRoom room;
    private final OwnFrames frames;
    private final FrameTable<Looked> looked = new FrameTable<>();
    private final FrameTable<Opened> opened = new FrameTable<>();

    FramedPart(Part part, SchemaChoice choice, DecodingRoom room) {
        this.choice = choice;
        this.auto = choice.format().equals(SchemaChoice.AUTO);
        this.room = room;
        this.frames = new OwnFrames(part == Part.KEY);
    }

    @Override
    public @Nullable DecodedPayload read(RecordView record, ByteView payload) {
        FrameFault fault = frames.read(record, payload);
        if (fault != null) {
            return auto ? null : new DecodedPayload(null, null, fault.toString(), "");
        }
        Frame frame = frames.frame();
        if (auto && !isOfConfluent(frame) && frame.offset() != payload.offset()) {
            // Any bytes may look so. What a header says is no chance.
            return null;
        }
        Looked at = looked.get(frame);
        if (at == null) {
            at = look(frame);
            keep(looked, frame, at);
        }
        OwnSchema schema = at.found;
        if (schema == null) {
            return at.reason == null ? null : new DecodedPayload(at.schema, null, at.reason, "");
        }
        if (schema.kind() == SchemaKind.PROTOBUF) {
            FrameFault ofMessage = frames.readMessage(record, payload);
            if (ofMessage != null) {
                return new DecodedPayload(at.schema, null, ofMessage.toString(), "");
            }
        }
        OwnReader reader = reader(frame, at.schema, schema);
        return reader == null
                ? new DecodedPayload(at.schema, null, UNUSABLE, "")
                : reader.read(frame.array(), frame.offset(), frame.end() - frame.offset());
    }

    private static boolean isOfConfluent(Frame frame) {
        return frame.key() instanceof SchemaKey.Id;
    }

    private Looked look(Frame frame) {
        SchemaKey key = frame.key();
        PayloadSchema unknown = new PayloadSchema(key.text(), null, null);
        if (key instanceof SchemaKey.GlueVersion) {
            return new Looked(unknown, null, auto ? null : OF_GLUE);
        }
        OwnAnswer answer = room.find(choice.context(), key);
        if (answer instanceof OwnAnswer.Found found) {
            OwnSchema schema = found.schema();
            PayloadSchema known = new PayloadSchema(key.text(), schema.kind().toString(), null);
            return isAskedFor(schema.kind())
                    ? new Looked(known, schema, null)
                    : new Looked(known, null, "the schema is not " + choice.format());
        }
        if (answer instanceof OwnAnswer.Unusable) {
            return new Looked(unknown, null, UNUSABLE);
        }
        return new Looked(unknown, null, auto ? null : answer == null ? NOT_ASKED : UNKNOWN);
    }

    private boolean isAskedFor(SchemaKind kind) {
        return auto
                || choice.format().equals(SchemaChoice.REGISTRY)
                || choice.format().equals(kind.toString());
    }

    private @Nullable OwnReader reader(Frame frame, PayloadSchema known, OwnSchema schema) {
        Opened found = opened.get(frame);
        if (found == null) {
            OwnTable table = schema.table(frame, choice.message());
            found = new Opened(table == null ? null : open(known, schema, table));
            keep(opened, frame, found);
        }
        return found.reader;
    }

    private OwnReader open(PayloadSchema known, OwnSchema schema, OwnTable table) {
        String name = schema.name(table);
        return new OwnReader(new PayloadSchema(known.id(), known.type(), name.isEmpty() ? null : name), table, room);
    }

    private static <T> void keep(FrameTable<T> table, Frame frame, T value) {
        if (table.size() == MOST_FRAMES) {
            table.clear();
        }
        table.put(frame, value);
    }
}
