package io.pagewalk.plan;

import java.util.Locale;

/**
 * How a series is cut into windows, one run each.
 *
 * @param unit how long a window is
 * @param layout where the files of a window are
 */
public record Windows(Unit unit, Layout layout) {
    /** How long a window is, in the zone of the export: days have 23 to 25 hours where clocks change. */
    public enum Unit {
        HOUR,
        DAY,
        MONTH;

        /** As options have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the files of a window are. */
    public enum Layout {
        /** In a directory of the window, named as engines name partitions of a table. */
        HIVE,
        /** In the output itself. */
        FLAT;

        /** As options have it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
