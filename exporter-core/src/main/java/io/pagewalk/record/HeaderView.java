package io.pagewalk.record;

import org.jspecify.annotations.Nullable;

/** A header of a record; valid as long as the record is. */
public final class HeaderView {
    private final ByteView key = new ByteView();
    private final ByteView bytes = new ByteView();
    private boolean present;

    HeaderView() {}

    /** Its key, which is UTF-8 without a fault: readers replace what is none by U+FFFD, as Kafka's clients do. */
    public ByteView key() {
        return key;
    }

    /** Its value; null if that is null, which is not the same as empty. */
    public @Nullable ByteView value() {
        return present ? bytes : null;
    }

    void begin(byte[] array, int offset, int length) {
        key.set(array, offset, length);
        present = false;
    }

    void value(byte[] array, int offset, int length) {
        bytes.set(array, offset, length);
        present = true;
    }

    void clear() {
        key.clear();
        bytes.clear();
        present = false;
    }
}
