package io.pagewalk.internal.schema;

import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout.Place;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of a part of the table that are the same for all payloads of a version: of a default, or of null. Immutable, and safe for
 * use by any number of threads.
 */
public final class Constant {
    /** For each event its leaf, repetition level and definition level. The first repetition level of each leaf is the caller's. */
    private final int[] leaves;

    private final int[] repetitions;
    private final int[] definitions;
    private final long[] numbers;
    private final byte[] @Nullable [] bytes;

    private Constant(int[] leaves, int[] repetitions, int[] definitions, long[] numbers, byte[] @Nullable [] bytes) {
        this.leaves = leaves;
        this.repetitions = repetitions;
        this.definitions = definitions;
        this.numbers = numbers;
        this.bytes = bytes;
    }

    /** A place that is null. */
    public static Constant absent(Place place) {
        RowEvents events = new RowEvents();
        events.begin(new byte[0]);
        Absence.ofNull(events, place, 0);
        return of(events, leaf -> false);
    }

    /**
     * What was collected for a place once.
     *
     * @param bytes whether a leaf, by its number, holds bytes
     */
    public static Constant of(RowEvents events, IntPredicate bytes) {
        int count = events.count();
        Constant constant =
                new Constant(new int[count], new int[count], new int[count], new long[count], new byte[count][]);
        for (int event = 0; event < count; event++) {
            int leaf = events.leaf(event);
            constant.leaves[event] = leaf;
            boolean first = true;
            for (int before = 0; before < event; before++) {
                first &= constant.leaves[before] != leaf;
            }
            constant.repetitions[event] = first ? -1 : events.repetition(event);
            constant.definitions[event] = events.definition(event);
            if (bytes.test(leaf)) {
                int offset = events.offset(event);
                constant.bytes[event] = Arrays.copyOfRange(events.array(event), offset, offset + events.length(event));
            } else {
                constant.numbers[event] = events.number(event);
            }
        }
        return constant;
    }

    /**
     * Adds the events.
     *
     * @param repetition the level of what they are a part of
     */
    public void emit(RowEvents into, int repetition) {
        for (int event = 0; event < leaves.length; event++) {
            int level = repetitions[event] < 0 ? repetition : repetitions[event];
            byte[] copied = bytes[event];
            if (copied == null) {
                into.number(leaves[event], level, definitions[event], numbers[event]);
            } else {
                into.made(leaves[event], level, definitions[event], copied, 0, copied.length);
            }
        }
    }
}
