package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.record.RecordView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The formats an export pins for its records' parts.
 *
 * @param key the format of keys that are not null
 * @param value the format of values that are not null
 * @param header the format of header values that are not null
 */
public record PayloadFormats(PayloadFormat key, PayloadFormat value, PayloadFormat header) {
    /** The failure of a record whose key is not of {@link #key()}. */
    public BadRecordException keyMismatch(RecordView record) {
        return mismatch(record, Part.KEY, key);
    }

    /** The failure of a record whose value is not of {@link #value()}. */
    public BadRecordException valueMismatch(RecordView record) {
        return mismatch(record, Part.VALUE, value);
    }

    /** The failure of a record with a header whose value is not of {@link #header()}. */
    public BadRecordException headerMismatch(RecordView record) {
        return mismatch(record, Part.HEADER, header);
    }

    private static BadRecordException mismatch(RecordView record, Part part, PayloadFormat format) {
        boolean json = format == PayloadFormat.JSON;
        return new BadRecordException(
                part,
                json ? "not JSON, or beyond the limits of its readers" : "not UTF-8",
                record + ": the " + part + " is not "
                        + (json ? "JSON" : "UTF-8 text") + ", which the " + part + " format " + format
                        + " requires (" + (json ? "string and bytes do" : "bytes does") + " not)");
    }

    /** The formats by the names of the options that choose them. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("key-format", key.toString());
        map.put("value-format", value.toString());
        map.put("header-format", header.toString());
        return map;
    }
}
