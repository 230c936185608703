package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The formats an export pins for its records' parts.
 *
 * @param key the format of keys that are not null
 * @param value the format of values that are not null
 * @param header the format of header values that are not null
 */
public record PayloadFormats(PayloadFormat key, PayloadFormat value, PayloadFormat header) {
    /** All that need no schema. */
    private static final List<PayloadFormat> KNOWN =
            List.of(PayloadFormat.BYTES, PayloadFormat.STRING, PayloadFormat.JSON);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String KEY = "key-format";
    private static final String VALUE = "value-format";
    private static final String HEADER = "header-format";

    /** Checks that typed columns are where they can be. */
    public PayloadFormats {
        requireColumn(key, "key");
        requireColumn(value, "value");
        if (header.typed() != null) {
            throw new IllegalArgumentException("header values cannot be typed");
        }
    }

    private static void requireColumn(PayloadFormat format, String name) {
        TypedFormat typed = format.typed();
        if (typed != null) {
            Member column = typed.layout().root().member();
            if (!column.name().equals(name) || !column.optional()) {
                throw new IllegalArgumentException("the column is not an optional " + name + ": " + column);
            }
        }
    }

    /** Whether keys or values are typed. */
    public boolean areTyped() {
        return key.typed() != null || value.typed() != null;
    }

    /** The names of all formats that need no schema. */
    public static List<String> names() {
        return KNOWN.stream().map(PayloadFormat::name).toList();
    }

    /** The format of that name, if there is one. */
    public static Optional<PayloadFormat> named(String name) {
        return KNOWN.stream().filter(format -> format.name().equals(name)).findFirst();
    }

    /**
     * The formats that an export has pinned.
     *
     * @param typed makes those whose payloads have schemas
     * @param pinned what {@link #toMap} returned, maybe in another version; more is ignored
     * @throws NewerVersionException if this program does not have one of them
     * @throws IllegalArgumentException if they are not there, as in a log that this program did not write
     */
    public static PayloadFormats ofMap(Map<String, String> pinned, TypedFormats typed) {
        return new PayloadFormats(
                pinned(pinned, KEY, Part.KEY, typed),
                pinned(pinned, VALUE, Part.VALUE, typed),
                pinned(pinned, HEADER, Part.HEADER, typed));
    }

    /** Likewise, with formats whose payloads have schemas as names alone. */
    public static PayloadFormats ofMap(Map<String, String> pinned) {
        return ofMap(pinned, TypedFormats.NAMES_ALONE);
    }

    private static PayloadFormat pinned(Map<String, String> pinned, String option, Part part, TypedFormats typed) {
        String name = pinned.getOrDefault(option, "");
        if (part != Part.HEADER && TypedFormats.NAMES.contains(name)) {
            return typed.open(part, name);
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("its " + option + " is missing or none");
        }
        return named(name)
                .orElseThrow(() -> NewerVersionException.unknown("the export", "its " + option + " is " + name));
    }

    /** The failure of a record whose key is not of {@link #key()}. */
    public BadRecordException keyMismatch(RecordView record) {
        return key.mismatch(record, Part.KEY);
    }

    /** The failure of a record whose value is not of {@link #value()}. */
    public BadRecordException valueMismatch(RecordView record) {
        return value.mismatch(record, Part.VALUE);
    }

    /** The failure of a record with a header whose value is not of {@link #header()}. */
    public BadRecordException headerMismatch(RecordView record) {
        return header.mismatch(record, Part.HEADER);
    }

    /** The formats by the names of the options that choose them. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(KEY, key.name());
        map.put(VALUE, value.name());
        map.put(HEADER, header.name());
        return map;
    }
}
