package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.payload.Utf8;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.protobuf.FieldModel.Presence;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.DoubleText;
import io.pagewalk.internal.schema.walk.Notes;

/**
 * JSON of messages. It is Protobuf's own, but that fields are called as in the schema (and as columns are), that numbers of 64 bits are
 * numbers, and that Any and Duration are objects of their fields. As in columns, a field that cannot be missing is there, and one that
 * is missing is not.
 */
final class WireJson {
    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final int NANOS = 1_000_000_000;
    private static final int SECONDS_OF_DAY = 86_400;

    private WireJson() {}

    /** Whether a field has a value, or cannot be without one. */
    static boolean isThere(Notes notes, FieldModel field, int slot) {
        return field.repeated() || field.presence() == Presence.IMPLICIT || notes.get(slot) != 0;
    }

    /** A field that is there. */
    static void field(WirePayload payload, FieldModel field, int slot) throws BadPayloadException {
        if (field.map()) {
            map(payload, field, slot);
        } else if (field.repeated()) {
            list(payload, field, slot);
        } else if (field.kind() == FieldKind.MESSAGE) {
            merged(payload, field.messageModel(), slot);
        } else {
            Notes notes = payload.notes();
            value(payload, field, notes.get(slot) == 0 ? field.zero() : notes.get(slot + 1));
        }
    }

    private static void merged(WirePayload payload, MessageModel model, int list) throws BadPayloadException {
        payload.enter();
        int frame = model.open(payload.notes());
        model.scanAll(payload, frame, list);
        message(payload, model, frame);
        payload.notes().close(frame);
        payload.leave();
    }

    /** One value. */
    static void value(WirePayload payload, FieldModel field, long wire) throws BadPayloadException {
        ByteText text = payload.text();
        switch (field.kind()) {
            case DOUBLE -> DoubleText.add(text, Double.longBitsToDouble(wire));
            case FLOAT -> DoubleText.add(text, Float.intBitsToFloat((int) wire));
            case UINT64, FIXED64 -> text.unsigned(wire);
            case BOOL -> text.ascii(wire == 0 ? "false" : "true");
            case STRING -> {
                if (!Utf8.isValid(payload.bytes(), Notes.from(wire), Notes.to(wire))) {
                    throw new BadPayloadException(ValueNode.NOT_UTF_8);
                }
                text.quoted(payload.bytes(), Notes.from(wire), Notes.to(wire));
            }
            case BYTES -> text.base64(payload.bytes(), Notes.from(wire), Notes.to(wire));
            case ENUM -> {
                byte[] name = field.enumNames().name((int) wire);
                if (name == null) {
                    text.add('"');
                    int number = (int) wire;
                    text.number(number);
                    text.add('"');
                } else {
                    text.quoted(name, 0, name.length);
                }
            }
            case MESSAGE -> {
                payload.enter();
                MessageModel model = field.messageModel();
                int frame = model.open(payload.notes());
                model.scan(payload, frame, Notes.from(wire), Notes.to(wire));
                message(payload, model, frame);
                payload.notes().close(frame);
                payload.leave();
            }
            default -> text.number(field.kind().number(wire));
        }
    }

    /** The message that a frame has been filled with. */
    static void message(WirePayload payload, MessageModel model, int frame) throws BadPayloadException {
        switch (model.wellKnown()) {
            case NONE -> object(payload, model, frame);
            case TIMESTAMP -> timestamp(payload, model, frame);
            case WRAPPER, STRUCT, LIST_VALUE -> field(payload, model.field(0), frame);
            case VALUE -> any(payload, model, frame);
        }
    }

    private static void object(WirePayload payload, MessageModel model, int frame) throws BadPayloadException {
        ByteText text = payload.text();
        text.add('{');
        boolean more = false;
        int i = 0;
        try {
            for (; i < model.fieldCount(); i++) {
                FieldModel field = model.field(i);
                int slot = MessageModel.slot(frame, i);
                if (isThere(payload.notes(), field, slot)) {
                    if (more) {
                        text.add(',');
                    }
                    more = true;
                    text.add('"');
                    text.ascii(field.name());
                    text.ascii("\":");
                    field(payload, field, slot);
                } else if (field.presence() == Presence.REQUIRED) {
                    throw new BadPayloadException("required field is missing");
                }
            }
        } catch (BadPayloadException e) {
            throw e.within(model.field(i).name());
        }
        text.add('}');
    }

    /** Of a Value whichever field there is; all but the null are of a oneof, as that is. */
    private static void any(WirePayload payload, MessageModel model, int frame) throws BadPayloadException {
        for (int i = 0; i < model.fieldCount(); i++) {
            int slot = MessageModel.slot(frame, i);
            if (payload.notes().get(slot) != 0 && model.field(i).kind() != FieldKind.ENUM) {
                field(payload, model.field(i), slot);
                return;
            }
        }
        payload.text().ascii("null");
    }

    private static void list(WirePayload payload, FieldModel field, int slot) throws BadPayloadException {
        ByteText text = payload.text();
        Notes notes = payload.notes();
        text.add('[');
        int first = text.length();
        for (int note = notes.first(slot); note != 0; note = notes.next(note)) {
            long noted = notes.value(note);
            if (notes.mark(note) == 0) {
                comma(text, first);
                value(payload, field, noted);
                continue;
            }
            int to = Notes.to(noted);
            payload.seek(Notes.from(noted));
            while (payload.at() < to) {
                comma(text, first);
                value(payload, field, payload.packed(field.kind().wireType, to));
            }
        }
        text.add(']');
    }

    private static void comma(ByteText text, int first) throws BadPayloadException {
        if (text.length() > first) {
            text.add(',');
        }
    }

    private static void map(WirePayload payload, FieldModel field, int slot) throws BadPayloadException {
        ByteText text = payload.text();
        Notes notes = payload.notes();
        text.add('{');
        int first = text.length();
        int count = MapEntries.count(notes, slot);
        if (count > 0) {
            MessageModel entry = field.messageModel();
            FieldModel key = entry.field(0);
            int frame = MapEntries.open(payload, entry, slot, count);
            int i = frame + count;
            payload.enter();
            for (int element = notes.first(slot); element != 0; element = notes.next(element)) {
                if (notes.get(i++) == 0) {
                    int scanned = MapEntries.scan(payload, entry, notes.value(element));
                    comma(text, first);
                    String quote = key.kind() == FieldKind.STRING ? "" : "\"";
                    text.ascii(quote);
                    value(payload, key, notes.get(MessageModel.slot(scanned, 0) + 1));
                    text.ascii(quote);
                    text.add(':');
                    field(payload, entry.field(1), MessageModel.slot(scanned, 1));
                    notes.close(scanned);
                }
            }
            payload.leave();
            notes.close(frame);
        }
        text.add('}');
    }

    private static void timestamp(WirePayload payload, MessageModel model, int frame) throws BadPayloadException {
        long seconds = MessageNode.OfTimestamp.seconds(model, payload.notes(), frame);
        int nanos = MessageNode.OfTimestamp.nanos(model, payload.notes(), frame);
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || nanos < 0 || nanos >= NANOS) {
            throw new BadPayloadException("timestamp is not within the years 1 to 9999");
        }
        ByteText text = payload.text();
        text.add('"');
        date(text, Math.floorDiv(seconds, SECONDS_OF_DAY));
        long time = Math.floorMod(seconds, SECONDS_OF_DAY);
        text.add('T');
        text.padded(time / 3600, 2);
        text.add(':');
        text.padded(time / 60 % 60, 2);
        text.add(':');
        text.padded(time % 60, 2);
        if (nanos != 0) {
            text.add('.');
            boolean micros = nanos % 1_000 == 0;
            boolean millis = nanos % 1_000_000 == 0;
            text.padded(nanos / (millis ? 1_000_000 : micros ? 1_000 : 1), millis ? 3 : micros ? 6 : 9);
        }
        text.ascii("Z\"");
    }

    /** The day in the calendar, counted from March of the year 0, in which way leap days come last. */
    private static void date(ByteText text, long daysSince1970) throws BadPayloadException {
        long days = daysSince1970 + 719_468;
        long era = Math.floorDiv(days, 146_097);
        long dayOfEra = Math.floorMod(days, 146_097);
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        text.padded(yearOfEra + 400 * era + (month >= 10 ? 1 : 0), 4);
        text.add('-');
        text.padded(month < 10 ? month + 3 : month - 9, 2);
        text.add('-');
        text.padded(dayOfYear - (153 * month + 2) / 5 + 1, 2);
    }
}
