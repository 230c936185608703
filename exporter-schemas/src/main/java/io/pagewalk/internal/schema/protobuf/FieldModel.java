package io.pagewalk.internal.schema.protobuf;

import org.jspecify.annotations.Nullable;

/**
 * A field of a message.
 *
 * @param kind what one value is
 * @param repeated whether it has any number of values
 * @param choice the number of the oneof it is in, or -1
 * @param message what a value is, if that is a message; of a map its entries, with the fields 1 and 2
 * @param names of its numbers, if it is an enum
 */
record FieldModel(
        String name,
        int number,
        FieldKind kind,
        boolean repeated,
        boolean map,
        Presence presence,
        int choice,
        @Nullable MessageModel message,
        @Nullable EnumNames names) {
    /** What it means that a field is not there. */
    enum Presence {
        /** The same as its zero. */
        IMPLICIT,
        /** Null. */
        OPTIONAL,
        /** That the payload is bad. */
        REQUIRED
    }

    /** Whether all its values are kept until it is read; else the last one. Messages are merged of all. */
    boolean isListed() {
        return repeated || kind == FieldKind.MESSAGE;
    }

    MessageModel messageModel() {
        if (message == null) {
            throw new IllegalStateException(name);
        }
        return message;
    }

    EnumNames enumNames() {
        if (names == null) {
            throw new IllegalStateException(name);
        }
        return names;
    }

    /** What stands on the wire for a value that is missing and yet there. */
    long zero() {
        return kind == FieldKind.ENUM ? enumNames().first() : 0;
    }
}
