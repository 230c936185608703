package io.pagewalk.internal.schema.json;

import io.pagewalk.internal.schema.Absence;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowLayout.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one value and gives its events. Confined to one thread. */
abstract class ShapeNode {
    static final int NULL_LENGTH = 4;

    final @Nullable Place place;

    ShapeNode(@Nullable Place place) {
        this.place = place;
    }

    /** The value at a place, which may be null. Returns where it ends. */
    final int read(JsonPayload payload, int at, int repetition) throws BadPayloadException {
        if (payload.at(at) == 'n') {
            absent(payload, repetition);
            return at + NULL_LENGTH;
        }
        return value(payload, at, repetition);
    }

    /** One that is not null. */
    abstract int value(JsonPayload payload, int at, int repetition) throws BadPayloadException;

    /** One that is null, or missing. */
    final void absent(JsonPayload payload, int repetition) throws BadPayloadException {
        if (place != null) {
            if (!place.member().optional()) {
                throw new BadPayloadException("value is null, or missing, and its column is never null");
            }
            Absence.ofNull(payload.events(), place, repetition);
        }
    }

    /** A number without a fraction. */
    static final class OfInteger extends ShapeNode {
        private final LeafWriter writer;

        OfInteger(Place place, LeafWriter writer) {
            super(place);
            this.writer = writer;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            requireNumber(payload.at(at));
            JsonNumbers numbers = payload.numbers();
            numbers.integer(payload.bytes(), at, payload.to());
            writer.number(payload.events(), repetition, numbers.value());
            return numbers.end();
        }

        static void requireNumber(byte first) throws BadPayloadException {
            if (first != '-' && (first < '0' || first > '9')) {
                throw new BadPayloadException("value is not a number");
            }
        }
    }

    /** Any number. */
    static final class OfNumber extends ShapeNode {
        private final LeafWriter writer;

        OfNumber(Place place, LeafWriter writer) {
            super(place);
            this.writer = writer;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            OfInteger.requireNumber(payload.at(at));
            JsonNumbers numbers = payload.numbers();
            numbers.number(payload.bytes(), at, payload.to());
            writer.number(payload.events(), repetition, numbers.value());
            return numbers.end();
        }
    }

    /** True or false. */
    static final class OfBoolean extends ShapeNode {
        private final LeafWriter writer;

        OfBoolean(Place place, LeafWriter writer) {
            super(place);
            this.writer = writer;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            byte first = payload.at(at);
            if (first != 't' && first != 'f') {
                throw new BadPayloadException("value is not a boolean");
            }
            writer.number(payload.events(), repetition, first == 't' ? 1 : 0);
            return at + (first == 't' ? 4 : 5);
        }
    }

    /** A string. */
    static final class OfString extends ShapeNode {
        private final LeafWriter writer;

        OfString(Place place, LeafWriter writer) {
            super(place);
            this.writer = writer;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            if (payload.at(at) != '"') {
                throw new BadPayloadException("value is not a string");
            }
            int end = payload.stringEnd(at + 1);
            int made = payload.text().length();
            write(payload, payload.name(at + 1, end - 1), writer, repetition);
            payload.text().cut(made);
            return end;
        }

        static void write(JsonPayload payload, long name, LeafWriter writer, int repetition)
                throws BadPayloadException {
            byte[] array = payload.array(name);
            int from = JsonPayload.from(name);
            int length = Notes.to(name) - from;
            if (Notes.from(name) < 0) {
                writer.made(payload.events(), repetition, array, from, length);
            } else {
                writer.bytes(payload.events(), repetition, array, from, length);
            }
        }
    }

    /** Whatever it is, as text. */
    static final class OfAny extends ShapeNode {
        private final LeafWriter writer;

        OfAny(Place place, LeafWriter writer) {
            super(place);
            this.writer = writer;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            int end = payload.end(at);
            writer.bytes(payload.events(), repetition, payload.bytes(), at, end - at);
            return end;
        }
    }

    /** An array. */
    static final class OfList extends ShapeNode {
        private final Place list;
        private final ShapeNode element;

        OfList(Place place, ShapeNode element) {
            super(place);
            this.list = place;
            this.element = element;
        }

        @Override
        int value(JsonPayload payload, int from, int repetition) throws BadPayloadException {
            if (payload.at(from) != '[') {
                throw new BadPayloadException("value is not an array");
            }
            int at = payload.token(from + 1);
            if (payload.at(at) == ']') {
                Absence.ofEmpty(payload.events(), list, repetition);
                return at + 1;
            }
            int level = repetition;
            while (true) {
                at = payload.token(element.read(payload, at, level));
                payload.checkSize();
                if (payload.at(at) == ']') {
                    return at + 1;
                }
                at = payload.token(at + 1);
                level = list.repetition() + 1;
            }
        }
    }

    /** A member of a struct, whose others are null. */
    static final class Within extends ShapeNode {
        private final List<Constant> siblings;
        private final ShapeNode inner;

        Within(Place place, List<Constant> siblings, ShapeNode inner) {
            super(place);
            this.siblings = siblings;
            this.inner = inner;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            for (int i = 0; i < siblings.size(); i++) {
                siblings.get(i).emit(payload.events(), repetition);
            }
            return inner.value(payload, at, repetition);
        }
    }

    /** Nothing may be there but null. */
    static final class Refused extends ShapeNode {
        private final String reason;

        Refused(@Nullable Place place, String reason) {
            super(place);
            this.reason = reason;
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) throws BadPayloadException {
            throw new BadPayloadException(reason);
        }
    }

    /** Is read over. */
    static final class Dropped extends ShapeNode {
        Dropped() {
            super(null);
        }

        @Override
        int value(JsonPayload payload, int at, int repetition) {
            return payload.end(at);
        }
    }
}
