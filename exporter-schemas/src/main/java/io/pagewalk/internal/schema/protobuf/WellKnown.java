package io.pagewalk.internal.schema.protobuf;

import java.util.Map;

/** Google's messages that are more than their fields. */
enum WellKnown {
    /** Any other message, and those of Google's whose fields are what they are: Any, Duration, FieldMask, Empty. */
    NONE(0),
    /** Seconds and nanoseconds. */
    TIMESTAMP(2),
    /** One field, for a value that may be missing. */
    WRAPPER(1),
    /** An object of JSON. */
    STRUCT(1),
    /** Any JSON. */
    VALUE(6),
    /** An array of JSON. */
    LIST_VALUE(1);

    private static final String PACKAGE = "google.protobuf.";
    private static final Map<String, WellKnown> BY_NAME = Map.ofEntries(
            Map.entry("Timestamp", TIMESTAMP),
            Map.entry("DoubleValue", WRAPPER),
            Map.entry("FloatValue", WRAPPER),
            Map.entry("Int64Value", WRAPPER),
            Map.entry("UInt64Value", WRAPPER),
            Map.entry("Int32Value", WRAPPER),
            Map.entry("UInt32Value", WRAPPER),
            Map.entry("BoolValue", WRAPPER),
            Map.entry("StringValue", WRAPPER),
            Map.entry("BytesValue", WRAPPER),
            Map.entry("Struct", STRUCT),
            Map.entry("Value", VALUE),
            Map.entry("ListValue", LIST_VALUE));

    /** How many fields it has, numbered from 1. */
    private final int fields;

    WellKnown(int fields) {
        this.fields = fields;
    }

    /** Which one a message is. One that is only called so is none. */
    static WellKnown of(MessageModel model) {
        String name = model.fullName();
        WellKnown known =
                name.startsWith(PACKAGE) ? BY_NAME.getOrDefault(name.substring(PACKAGE.length()), NONE) : NONE;
        for (int number = 1; number <= known.fields; number++) {
            if (model.index(number) < 0) {
                return NONE;
            }
        }
        return known;
    }

    /** Whether it is JSON, in JSON and in tables. */
    boolean isJson() {
        return this == STRUCT || this == VALUE || this == LIST_VALUE;
    }
}
