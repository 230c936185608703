package io.pagewalk.internal.schema.frame;

/** Why a payload has no frame that can be used. The texts are fixed, because files of dead letters have them. */
public enum FrameFault {
    /** It is too short for one, or begins with something else. */
    MISSING("no schema frame"),
    /** Which of a Protobuf file's messages it is cannot be read. */
    MESSAGE("the frame does not say which message it is"),
    /** A header says it, and has another length than it should. */
    HEADER("the header that names the schema is damaged"),
    /** Glue has two ways of compression, and this is none of them. */
    COMPRESSION("compressed in an unknown way"),
    /** What is compressed is not whole. */
    COMPRESSED("the compressed value is damaged"),
    /** What is compressed would take more than a value may have. */
    TOO_LARGE("the compressed value is too large"),
    /** Apicurio's serializers can write Avro as JSON. */
    JSON_ENCODING("Avro in its JSON encoding, which is not supported"),
    /** Of the schema registry of Azure Event Hubs. */
    AZURE("framed for the schema registry of Azure Event Hubs, which is not supported"),
    /** Avro's own frame. */
    SINGLE_OBJECT("Avro's single-object encoding, which is not supported");

    private final String text;

    FrameFault(String text) {
        this.text = text;
    }

    /** The reason, as files of dead letters have it. */
    @Override
    public String toString() {
        return text;
    }
}
