package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.schema.Absence;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowLayout.Place;
import org.jspecify.annotations.Nullable;

/** Members that have no column, as one object: as they stand in the payload, also those that come twice. Null if there are none. */
final class MoreNode {
    private final @Nullable Place place;
    private final @Nullable LeafWriter writer;
    private final String reason;

    /**
     * @param writer null if there may be none
     * @param reason why not
     */
    MoreNode(@Nullable Place place, @Nullable LeafWriter writer, String reason) {
        this.place = place;
        this.writer = writer;
        this.reason = reason;
    }

    void emit(JsonPayload payload, int list, int repetition) throws BadPayloadException {
        Notes notes = payload.notes();
        if (notes.first(list) == 0) {
            if (place != null) {
                Absence.ofNull(payload.events(), place, repetition);
            }
            return;
        }
        if (writer == null) {
            throw new BadPayloadException(reason);
        }
        ByteText text = payload.text();
        int made = text.length();
        int before = '{';
        for (int note = notes.first(list); note != 0; note = notes.next(note)) {
            long member = notes.value(note);
            text.add(before);
            text.add(payload.bytes(), Notes.from(member), Notes.to(member));
            before = ',';
        }
        text.add('}');
        writer.made(payload.events(), repetition, text.bytes(), made, text.length() - made);
        text.cut(made);
    }
}
