package io.pagewalk.internal.schema.own;

/** What a frame's schema is, for those who look at a payload of it. */
public sealed interface OwnAnswer {
    /** This one. */
    record Found(OwnSchema schema) implements OwnAnswer {}

    /** Nobody knows it; some seconds later somebody may. */
    record Unknown() implements OwnAnswer {}

    /** Something that cannot be used. */
    record Unusable() implements OwnAnswer {}
}
