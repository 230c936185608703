package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.schema.Absence;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.LastOfEach;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowLayout.Place;

/** An object whose members are all alike; of those with one name the last counts. */
final class EntriesNode extends ShapeNode {
    private final Place map;
    private final LeafWriter key;
    private final ShapeNode element;

    EntriesNode(Place place, LeafWriter key, ShapeNode element) {
        super(place);
        this.map = place;
        this.key = key;
        this.element = element;
    }

    @Override
    int value(JsonPayload payload, int from, int repetition) throws BadPayloadException {
        if (payload.at(from) != '{') {
            throw new BadPayloadException("value is not an object");
        }
        ByteText text = payload.text();
        Notes notes = payload.notes();
        int made = text.length();
        int list = notes.open(2);
        int count = 0;
        int at = payload.token(from + 1);
        while (payload.at(at) != '}') {
            int nameEnd = payload.stringEnd(at + 1);
            long name = payload.name(at + 1, nameEnd - 1);
            int value = payload.token(payload.token(nameEnd) + 1);
            notes.add(list, name, value);
            count++;
            at = payload.token(payload.end(value));
            at = payload.at(at) == ',' ? payload.token(at + 1) : at;
        }
        if (count == 0) {
            Absence.ofEmpty(payload.events(), map, repetition);
        } else {
            emit(payload, list, count, repetition);
        }
        notes.close(list);
        text.cut(made);
        return at + 1;
    }

    private void emit(JsonPayload payload, int list, int count, int repetition) throws BadPayloadException {
        Notes notes = payload.notes();
        int keys = notes.open(2 * count);
        int dropped = keys + count;
        int i = 0;
        for (int entry = notes.first(list); entry != 0; entry = notes.next(entry)) {
            notes.set(keys + i++, notes.value(entry));
        }
        LastOfEach.find(notes, keys, dropped, count, payload.names());
        int level = repetition;
        i = 0;
        for (int entry = notes.first(list); entry != 0; entry = notes.next(entry)) {
            if (notes.get(dropped + i++) == 0) {
                ShapeNode.OfString.write(payload, notes.value(entry), key, level);
                element.read(payload, notes.mark(entry), level);
                payload.checkSize();
                level = map.repetition() + 1;
            }
        }
    }
}
