package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.payload.Utf8;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.walk.LastOfEach;
import io.pagewalk.internal.schema.walk.Notes;

/** The entries of a map on the wire, of which the last one of each key counts. */
final class MapEntries {
    private static final LastOfEach.Keys NUMBERS = Long::compare;

    private MapEntries() {}

    /** How many entries a list has. */
    static int count(Notes notes, int list) {
        int count = 0;
        for (int entry = notes.first(list); entry != 0; entry = notes.next(entry)) {
            count++;
        }
        return count;
    }

    /**
     * Reads the keys.
     *
     * @param entry the model of entries
     * @param list the cells of the list of all entries
     * @return the place of a new frame: first as many keys, then as many cells that are 1 for those that do not count
     */
    static int open(WirePayload payload, MessageModel entry, int list, int count) throws BadPayloadException {
        Notes notes = payload.notes();
        int frame = notes.open(2 * count);
        FieldModel key = entry.field(0);
        int i = 0;
        payload.enter();
        for (int element = notes.first(list); element != 0; element = notes.next(element)) {
            int scanned = scan(payload, entry, notes.value(element));
            int slot = MessageModel.slot(scanned, 0);
            long value = notes.get(slot) != 0 ? notes.get(slot + 1) : key.zero();
            notes.close(scanned);
            if (key.kind() == FieldKind.STRING) {
                if (!Utf8.isValid(payload.bytes(), Notes.from(value), Notes.to(value))) {
                    throw new BadPayloadException(ValueNode.NOT_UTF_8);
                }
            } else if (!key.kind().isUnsigned64()) {
                value = key.kind().number(value);
            }
            notes.set(frame + i++, value);
        }
        payload.leave();
        if (count > 1) {
            LastOfEach.find(
                    notes, frame, frame + count, count, key.kind() == FieldKind.STRING ? payload.texts() : NUMBERS);
        }
        return frame;
    }

    /** Opens a frame for one entry. */
    static int scan(WirePayload payload, MessageModel entry, long range) throws BadPayloadException {
        int frame = entry.open(payload.notes());
        entry.scan(payload, frame, Notes.from(range), Notes.to(range));
        return frame;
    }
}
