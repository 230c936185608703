package io.pagewalk.internal.schema.frame;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates one value after the other into the same array, which grows to what the largest one took. Confined to one thread. */
final class Inflation {
    private static final int FIRST_BYTES = 4096;

    private final Inflater inflater = new Inflater();
    private final int largest;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** @param largest how many bytes a value may have */
    Inflation(int largest) {
        this.largest = largest;
    }

    /** Inflates zlib; null if that worked. */
    @Nullable
    FrameFault inflate(byte[] array, int offset, int end) {
        inflater.reset();
        inflater.setInput(array, offset, end - offset);
        length = 0;
        try {
            while (!inflater.finished()) {
                if (length > largest) {
                    return FrameFault.TOO_LARGE;
                }
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, largest + 1L));
                }
                int made = inflater.inflate(bytes, length, bytes.length - length);
                length += made;
                if (made == 0 && !inflater.finished()) {
                    return FrameFault.COMPRESSED;
                }
            }
        } catch (DataFormatException e) {
            return FrameFault.COMPRESSED;
        }
        if (length > largest) {
            return FrameFault.TOO_LARGE;
        }
        return inflater.getRemaining() == 0 ? null : FrameFault.COMPRESSED;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
