package io.pagewalk.internal.schema.column;

import io.pagewalk.payload.PinnedSchemas;
import java.util.Arrays;
import java.util.List;

/**
 * Which messages of a Protobuf schema payloads are, and what becomes of fields that it does not have. It says nothing of other schemas.
 *
 * @param names at least one; an empty one is a schema's first message
 * @param refusesUnknown whether a payload is bad that has such fields
 */
record MessageChoice(List<String> names, boolean refusesUnknown) {
    private static final String COMMA = ",";

    /** @param text the names with commas between; empty for the first message */
    static MessageChoice of(String text, boolean refusesUnknown) {
        return new MessageChoice(
                Arrays.stream(text.split(COMMA)).map(String::strip).distinct().toList(), refusesUnknown);
    }

    /** As it was pinned. */
    static MessageChoice of(PinnedSchemas.Column pinned) {
        return of(pinned.message(), pinned.refusesUnknown());
    }

    /** What {@link #of} takes. */
    String text() {
        return String.join(COMMA, names);
    }

    /** Whether the column has a member for each. */
    boolean isSeveral() {
        return names.size() > 1;
    }
}
