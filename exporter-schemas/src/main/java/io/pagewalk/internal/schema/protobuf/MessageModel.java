package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.walk.Notes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A message: its fields, and how payloads of it are looked through. Messages may have fields of each other, so the fields are set
 * after it was made. Not changed after that, and then safe for use by any number of threads.
 *
 * <p>A frame of {@link Notes} for it has two cells for each field: of one that {@linkplain FieldModel#isListed is listed} those of a list
 * of values, of another one 1 if it is there, and its value. Behind these are those of oneofs: the field that is there, counted from
 * 1.
 */
final class MessageModel {
    private static final int NONE = -1;
    /** The table by numbers is at most so much larger than the number of fields. */
    private static final int SPARE = 64;

    private final String fullName;
    private FieldModel[] fields = {};
    private int[] byNumber = {};
    private int[] sortedNumbers = {};
    private int[] sortedIndexes = {};
    private int choices;
    private WellKnown wellKnown = WellKnown.NONE;

    MessageModel(String fullName) {
        this.fullName = fullName;
    }

    /** Sets the fields, in the order of the schema. */
    void setFields(List<FieldModel> all) {
        fields = all.toArray(FieldModel[]::new);
        Integer[] order = new Integer[fields.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(i -> fields[i].number()));
        sortedIndexes = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        sortedNumbers = Arrays.stream(order).mapToInt(i -> fields[i].number()).toArray();
        int largest = fields.length == 0 ? 0 : sortedNumbers[fields.length - 1];
        byNumber = new int[Math.min(largest, 2 * fields.length + SPARE) + 1];
        Arrays.fill(byNumber, NONE);
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].number() < byNumber.length) {
                byNumber[fields[i].number()] = i;
            }
            choices = Math.max(choices, fields[i].choice() + 1);
        }
        wellKnown = WellKnown.of(this);
    }

    String fullName() {
        return fullName;
    }

    WellKnown wellKnown() {
        return wellKnown;
    }

    int fieldCount() {
        return fields.length;
    }

    FieldModel field(int index) {
        return fields[index];
    }

    /** Opens a frame for {@link #scan}. */
    int open(Notes notes) {
        return notes.open(2 * fields.length + choices);
    }

    /** The place, in a frame, of the cells of a field. */
    static int slot(int frame, int index) {
        return frame + 2 * index;
    }

    /**
     * Notes the values of all of some messages, as if they stood in one.
     *
     * @param list the cells of their list
     */
    void scanAll(WirePayload payload, int frame, int list) throws BadPayloadException {
        Notes notes = payload.notes();
        for (int message = notes.first(list); message != 0; message = notes.next(message)) {
            long range = notes.value(message);
            scan(payload, frame, Notes.from(range), Notes.to(range));
        }
    }

    /** The index of a field, or -1. */
    int index(int number) {
        if (number < byNumber.length) {
            return byNumber[number];
        }
        int found = Arrays.binarySearch(sortedNumbers, number);
        return found < 0 ? NONE : sortedIndexes[found];
    }

    /**
     * Notes the values of all fields of a message. Several scans into one frame merge what they see, as if it stood in one message.
     *
     * @throws BadPayloadException if this is no message; what is within messages in it is not looked at
     */
    void scan(WirePayload payload, int frame, int from, int to) throws BadPayloadException {
        payload.seek(from);
        while (payload.at() < to) {
            int tag = (int) payload.varint(to);
            int number = tag >>> 3;
            int wireType = tag & 7;
            if (number == 0) {
                throw new BadPayloadException("field number is 0");
            }
            long value = payload.value(number, wireType, to);
            int index = index(number);
            if (index == NONE || !note(payload.notes(), frame, index, wireType, value)) {
                payload.unknown(number);
            }
        }
    }

    private boolean note(Notes notes, int frame, int index, int wireType, long value) {
        FieldModel field = fields[index];
        boolean packed = wireType != field.kind().wireType;
        if (packed
                && !(wireType == WireType.DELIMITED
                        && field.repeated()
                        && field.kind().isPackable())) {
            return false;
        }
        if (field.choice() >= 0) {
            choose(notes, frame, index, frame + 2 * fields.length + field.choice());
        }
        int slot = slot(frame, index);
        if (field.isListed()) {
            notes.add(slot, value, packed ? 1 : 0);
        } else {
            notes.set(slot, 1);
            notes.set(slot + 1, value);
        }
        return true;
    }

    /** The last one of a oneof is there; those before are not, also if they come again. */
    private static void choose(Notes notes, int frame, int index, int cell) {
        int before = (int) notes.get(cell) - 1;
        if (before != index) {
            if (before >= 0) {
                notes.set(slot(frame, before), 0);
                notes.set(slot(frame, before) + 1, 0);
            }
            notes.set(cell, index + 1);
        }
    }
}
