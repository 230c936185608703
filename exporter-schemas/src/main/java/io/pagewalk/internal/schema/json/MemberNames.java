package io.pagewalk.internal.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Finds members by the bytes of their names. Immutable. */
final class MemberNames {
    private final byte[][] names;
    /** Indexes, counted from 1, at the places that their names' hashes lead to. */
    private final int[] table;

    MemberNames(List<String> all) {
        names = all.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
        table = new int[4 * Integer.highestOneBit(names.length + 1)];
        for (int i = 0; i < names.length; i++) {
            int place = hash(names[i], 0, names[i].length);
            while (table[place] != 0) {
                place = (place + 1) & (table.length - 1);
            }
            table[place] = i + 1;
        }
    }

    /**
     * The index of a name, or -1.
     *
     * @param likely the index that it most likely has, as members mostly come in the same order
     */
    int find(byte[] source, int from, int to, int likely) {
        if (likely < names.length && is(likely, source, from, to)) {
            return likely;
        }
        int place = hash(source, from, to);
        while (table[place] != 0) {
            if (is(table[place] - 1, source, from, to)) {
                return table[place] - 1;
            }
            place = (place + 1) & (table.length - 1);
        }
        return -1;
    }

    private boolean is(int index, byte[] source, int from, int to) {
        byte[] name = names[index];
        return Arrays.equals(name, 0, name.length, source, from, to);
    }

    private int hash(byte[] source, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + source[i];
        }
        return (hash ^ (hash >>> 15)) & (table.length - 1);
    }
}
