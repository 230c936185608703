package io.pagewalk.internal.schema;

import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout.Place;

/** What is not there: one event for each leaf below a place. */
public final class Absence {
    private Absence() {}

    /** A place that is null. Its member must be optional, and all above it there. */
    public static void ofNull(RowEvents into, Place place, int repetition) {
        of(into, place, repetition, place.absent());
    }

    /** A list or a map that is there, and empty. */
    public static void ofEmpty(RowEvents into, Place place, int repetition) {
        of(into, place, repetition, place.definition());
    }

    /**
     * All below a place that is not there itself.
     *
     * @param definition the level of what is there above it
     */
    public static void of(RowEvents into, Place place, int repetition, int definition) {
        int end = place.endLeaf();
        for (int leaf = place.firstLeaf(); leaf < end; leaf++) {
            into.absent(leaf, repetition, definition);
        }
    }
}
