package io.pagewalk.internal.schema.walk;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.row.RowEvents;

/**
 * How many values one payload may come to. An element that takes no byte, or next to none, may stand for thousands of columns that
 * are null, or for the long name of a number, so that a small payload could fill the memory.
 */
public final class EventBound {
    private static final int EVENTS = 1 << 21;
    private static final int MADE_BYTES = 1 << 26;
    private static final int MADE_FOR_EACH_BYTE = 16;

    private EventBound() {}

    /**
     * To be called for each element of a list or a map.
     *
     * @param payloadBytes how many bytes the payload has
     */
    public static void check(RowEvents into, int payloadBytes) throws BadPayloadException {
        if (into.count() - payloadBytes > EVENTS
                || into.madeBytes() > MADE_BYTES + (long) MADE_FOR_EACH_BYTE * payloadBytes) {
            throw new BadPayloadException("payload stands for too many values");
        }
    }
}
