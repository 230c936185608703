package io.pagewalk.benchmark;

import java.util.Locale;

/** What the records of a topic look like. */
public enum Shape {
    /** What exports meet: see {@link OrderRecords}. All is measured with it unless something else is asked for. */
    ORDERS("JSON records of 150 to 350 bytes with escapes, text beyond ASCII, headers and nulls"),
    /** What is easy on everyone: see {@link PlainRecords}. */
    PLAIN("JSON records of " + PlainRecords.VALUE_BYTES + " bytes of plain ASCII, without headers and nulls"),
    /** What is hard on everyone: see {@link OddRecords}. */
    ODD("deeply nested JSON records with long keys and headers whose names differ");

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
