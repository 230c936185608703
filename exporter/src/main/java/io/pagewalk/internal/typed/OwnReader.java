package io.pagewalk.internal.typed;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.column.VersionReader;
import io.pagewalk.internal.schema.own.OwnTable;
import io.pagewalk.internal.sink.json.RowWriter;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowEvents;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadSchema;

/** Reads payloads of one schema, without their frames, as JSON. Confined to one thread. */
final class OwnReader {
    private static final String NO_ROOM =
            "not decoded: the page has no room for what it comes to, ask for fewer records";

    private final PayloadSchema schema;
    private final VersionReader reader;
    private final RowWriter writer;
    private final DecodingRoom room;
    private final RowEvents events = new RowEvents();

    OwnReader(PayloadSchema schema, OwnTable table, DecodingRoom room) {
        this.schema = schema;
        this.reader = table.newReader();
        this.writer = room.writer(table.layout());
        this.room = room;
    }

    DecodedPayload read(byte[] array, int offset, int length) {
        try {
            reader.read(array, offset, length, events);
        } catch (BadPayloadException e) {
            return new DecodedPayload(schema, null, e.reason(), e.path());
        }
        byte[] json = room.text(writer, events);
        return json == null
                ? new DecodedPayload(schema, null, NO_ROOM, "")
                : new DecodedPayload(schema, ByteView.of(json), "", "");
    }
}
