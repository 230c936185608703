package io.pagewalk.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A view on some bytes of an array, which is seldom all of it. As part of a record it is valid as long as the record is. Nobody
 * changes the bytes but the one who made the view.
 *
 * <p>A payload that is null has no view; one that is empty has a view of length 0.
 */
public final class ByteView {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int offset;
    private int length;
    private int fullLength;

    ByteView() {}

    /** All of an array, which is not copied: the view is valid for as long as nobody changes it. */
    public static ByteView of(byte[] array) {
        ByteView view = new ByteView();
        view.set(array, 0, array.length);
        return view;
    }

    /**
     * A part of an array, which is not copied: the view is valid for as long as nobody changes it.
     *
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public static ByteView of(byte[] array, int offset, int length) {
        ByteView view = new ByteView();
        view.set(array, offset, length);
        return view;
    }

    void set(byte[] newArray, int newOffset, int newLength) {
        Objects.checkFromIndexSize(newOffset, newLength, newArray.length);
        array = newArray;
        offset = newOffset;
        length = newLength;
        fullLength = newLength;
    }

    /** These are only the first bytes of a payload, which has so many. */
    void setFullLength(int bytes) {
        fullLength = bytes;
    }

    /** So that it does not hold on to an array that nobody asks for any more. */
    void clear() {
        array = NONE;
        offset = 0;
        length = 0;
        fullLength = 0;
    }

    /** The array itself, which the bytes are a part of. Not to be changed. */
    public byte[] array() {
        return array;
    }

    /** Where in {@link #array()} the first byte is. */
    public int offset() {
        return offset;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** How many bytes the payload has: more than {@link #length()} in a preview that has only the first ones. */
    public int fullLength() {
        return fullLength;
    }

    /** Where in {@link #array()} the bytes end, exclusive. */
    public int end() {
        return offset + length;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** The text that the bytes are in UTF-8. What is not UTF-8 becomes U+FFFD. */
    public String toText() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }
}
