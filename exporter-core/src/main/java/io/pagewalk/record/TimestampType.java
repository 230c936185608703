package io.pagewalk.record;

import org.jspecify.annotations.Nullable;

/** Who has set a record's timestamp. */
public enum TimestampType {
    /** Nobody: the record is of a time when records had none. */
    NO_TIMESTAMP_TYPE(-1, "NoTimestampType"),
    /** The producer. */
    CREATE_TIME(0, "CreateTime"),
    /** The broker, when it appended the record. */
    LOG_APPEND_TIME(1, "LogAppendTime");

    private final int id;
    private final String text;

    TimestampType(int id, String text) {
        this.id = id;
        this.text = text;
    }

    /** The type of this text, or null if there is none. */
    public static @Nullable TimestampType of(String text) {
        for (TimestampType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        return null;
    }

    /** Its number in Kafka's protocol. */
    public int id() {
        return id;
    }

    /** The name as files write it, which is Kafka's: {@code CreateTime}. */
    @Override
    public String toString() {
        return text;
    }
}
