package io.pagewalk.internal.iceberg;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.table.TablePosition;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a table says of a series: one property, and a part of the summary of each snapshot that is of the series.
 *
 * @param key the series, as names of properties have it
 */
record SeriesMarks(String key) {
    static final String SERIES = "pagewalk.series";
    static final String POSITION = "pagewalk.position";
    static final String EXPORT = "pagewalk.export";
    static final String TOPIC = "pagewalk.topic";
    static final String PAGES = "pagewalk.pages";
    static final String OFFSETS = "pagewalk.offsets";

    private static final int KEY_LENGTH = 16;
    private static final Pattern POSITION_TEXT = Pattern.compile("([0-9]{1,9}):([0-9]{1,9}):([0-9]{1,18})");
    private static final Pattern PROPERTY_TEXT = Pattern.compile(POSITION_TEXT + "@([0-9]{1,18})");

    /** @param series as it was put on record: a checksum, the kind of which does not matter */
    static SeriesMarks of(String series) {
        String checksum = series.substring(series.lastIndexOf(':') + 1);
        return new SeriesMarks(checksum.substring(0, Math.min(checksum.length(), KEY_LENGTH)));
    }

    /** The property's name. */
    String property() {
        return "pagewalk." + key + ".position";
    }

    /**
     * What the property says.
     *
     * @param position how much of the series the table was given
     * @param sequenceNumber that of the last snapshot that gave it files, or took some
     */
    record Property(TablePosition position, long sequenceNumber) {
        /** Such as {@code 1:3:17@42}. */
        @Override
        public String toString() {
            return text(position) + "@" + sequenceNumber;
        }
    }

    /** As summaries have it: first run, run, entry. */
    static String text(TablePosition position) {
        return position.firstRun() + ":" + position.run() + ":" + position.sequence();
    }

    /** @throws TableChangedException if somebody has written something else there */
    @Nullable
    Property property(Map<String, String> properties, String table) {
        String text = properties.get(property());
        if (text == null) {
            return null;
        }
        Matcher matcher = PROPERTY_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(table, "property " + property());
        }
        return new Property(position(matcher, table), Long.parseLong(matcher.group(4)));
    }

    /** What a snapshot says; null if it is not of the series. */
    @Nullable
    TablePosition position(Snapshot snapshot, String table) {
        Map<String, String> summary = snapshot.summary();
        if (summary == null || !key.equals(summary.get(SERIES))) {
            return null;
        }
        Matcher matcher = POSITION_TEXT.matcher(summary.getOrDefault(POSITION, ""));
        if (!matcher.matches()) {
            throw unreadable(table, "snapshot " + snapshot.snapshotId());
        }
        return position(matcher, table);
    }

    private TablePosition position(Matcher matcher, String table) {
        try {
            return new TablePosition(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Long.parseLong(matcher.group(3)));
        } catch (IllegalArgumentException e) {
            throw unreadable(table, "position");
        }
    }

    private static TableChangedException unreadable(String table, String what) {
        return new TableChangedException(
                table + " does not tell how much of the export it has: its " + what + " is not as Pagewalk writes it",
                Advice.DETACH_THE_TABLE);
    }
}
