package io.pagewalk.benchmark;

import java.util.List;
import java.util.Locale;

/** What the records of a topic look like. */
public enum Shape {
    /** What exports meet: see {@link OrderRecords}. All is measured with it unless something else is asked for. */
    ORDERS("JSON records of 150 to 350 bytes with escapes, text beyond ASCII, headers and nulls"),
    /** What is easy on everyone: see {@link PlainRecords}. */
    PLAIN("JSON records of " + PlainRecords.VALUE_BYTES + " bytes of plain ASCII, without headers and nulls"),
    /** What is hard on everyone: see {@link OddRecords}. */
    ODD("deeply nested JSON records with long keys and headers whose names differ"),
    /** What has a schema: see {@link AvroOrders}. */
    AVRO("Avro records of some 160 bytes and 22 leaves, of two versions of a schema"),
    /** The same content in Protobuf: see {@link ProtobufOrders}. */
    PROTOBUF("Protobuf records of some 200 bytes and 22 leaves, of two versions of a schema");

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
            case AVRO -> new AvroOrders();
            case PROTOBUF -> new ProtobufOrders();
        };
    }

    /** The versions of the schema of its values, oldest first; none if they have none. */
    public List<SampleSchema> schemas() {
        return switch (this) {
            case ORDERS, PLAIN, ODD -> List.of();
            case AVRO -> List.of(AvroOrders.OLDER, AvroOrders.NEWER);
            case PROTOBUF -> List.of(ProtobufOrders.OLDER, ProtobufOrders.NEWER);
        };
    }

    /** Whether its values have a schema. Else they are JSON. */
    public boolean isTyped() {
        return !schemas().isEmpty();
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
