package io.pagewalk.internal.typed;

import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.own.OwnAnswer;
import io.pagewalk.internal.schema.own.OwnSchemas;
import io.pagewalk.internal.sink.json.RowJson;
import io.pagewalk.internal.sink.json.RowWriter;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What keys and values of one page share: the time to ask, and the room for what they come to. Confined to one thread. */
final class DecodingRoom {
    private static final long MOST_OF_A_PAYLOAD = 64 << 20;
    /** Bytes that look like frames by chance would else each cost a question. */
    private static final int MOST_UNKNOWN = 100;

    private final Supplier<OwnSchemas> schemas;
    private final RowJson json = new RowJson();
    private Duration patience;
    private long bytes;
    private int unknown;

    DecodingRoom(Supplier<OwnSchemas> schemas, Duration patience, long bytes) {
        this.schemas = schemas;
        this.patience = patience;
        this.bytes = bytes;
    }

    /** What a frame's schema is; null if so many were unknown that it is not asked for any more. */
    @Nullable
    OwnAnswer find(String context, SchemaKey key) {
        if (unknown == MOST_UNKNOWN) {
            return null;
        }
        long begun = System.nanoTime();
        OwnAnswer answer = schemas.get().find(context, key, patience);
        Duration left = patience.minusNanos(System.nanoTime() - begun);
        patience = left.isNegative() ? Duration.ZERO : left;
        if (answer instanceof OwnAnswer.Unknown) {
            unknown++;
        }
        return answer;
    }

    /** Whether there was a schema that nobody knew. */
    boolean metUnknown() {
        return unknown > 0;
    }

    RowWriter writer(RowLayout layout) {
        return json.writer(layout);
    }

    /** A payload as JSON; null if there is no room for it. */
    byte @Nullable [] text(RowWriter writer, RowEvents events) {
        byte[] text = json.text(writer, events, Math.min(bytes, MOST_OF_A_PAYLOAD));
        if (text != null) {
            bytes -= text.length;
        }
        return text;
    }
}
