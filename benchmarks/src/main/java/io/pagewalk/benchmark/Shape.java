package io.pagewalk.benchmark;

import java.util.Locale;

/** What the records of a topic look like. */
public enum Shape {
    /** What exports meet: see {@link OrderRecords}. All is measured with it unless something else is asked for. */
    ORDERS(
            "JSON records of 150 to 350 bytes with escapes and non-ASCII text, a third with headers, some keys and values null"),
    /** What is easy on everyone: see {@link PlainRecords}. */
    PLAIN("JSON records of " + PlainRecords.VALUE_BYTES + " bytes of plain ASCII, no headers, nothing null"),
    /** What is hard on everyone: see {@link OddRecords}. */
    ODD("deeply nested JSON records with keys of several hundred bytes and headers whose names differ");

    private final String description;

    Shape(String description) {
        this.description = description;
    }

    /** A new generator. */
    public SampleRecords records() {
        return switch (this) {
            case ORDERS -> new OrderRecords();
            case PLAIN -> new PlainRecords();
            case ODD -> new OddRecords();
        };
    }

    /** Its name in topics and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its records are, for people. */
    public String description() {
        return description;
    }
}
