package io.pagewalk.payload;

import io.pagewalk.error.FormatMismatchException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The formats an export pins for its records' parts.
 *
 * @param key the format of keys that are not null
 * @param value the format of values that are not null
 * @param header the format of header values that are not null
 */
public record PayloadFormats(PayloadFormat key, PayloadFormat value, PayloadFormat header) {
    /** The failure of a record whose key is not of {@link #key()}. */
    public FormatMismatchException keyMismatch(ConsumerRecord<?, ?> record) {
        return mismatch(record, "key", key);
    }

    /** The failure of a record whose value is not of {@link #value()}. */
    public FormatMismatchException valueMismatch(ConsumerRecord<?, ?> record) {
        return mismatch(record, "value", value);
    }

    /** The failure of a record with a header whose value is not of {@link #header()}. */
    public FormatMismatchException headerMismatch(ConsumerRecord<?, ?> record) {
        return mismatch(record, "header", header);
    }

    private static FormatMismatchException mismatch(ConsumerRecord<?, ?> record, String part, PayloadFormat format) {
        String wayOut = format == PayloadFormat.JSON ? "string or bytes" : "bytes";
        return new FormatMismatchException(record.topic() + "-" + record.partition() + " offset " + record.offset()
                + ": the " + part + " is not " + (format == PayloadFormat.JSON ? "JSON" : "UTF-8 text")
                + ", which --" + part + "-format " + format
                + " requires; the format of an export is pinned: start a new one"
                + " into an empty output with --" + part + "-format " + wayOut);
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
