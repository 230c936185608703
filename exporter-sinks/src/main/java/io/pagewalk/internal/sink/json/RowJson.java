package io.pagewalk.internal.sink.json;

import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Values of typed payloads as texts of JSON in memory, each as a line of a JSONL file would have it. Confined to one thread. */
public final class RowJson {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonWriter json = new JsonWriter(this::append);
    private long left;

    /** What writes payloads of one layout; for {@link #text} of this one. */
    public RowWriter writer(RowLayout layout) {
        return new RowWriter(layout, json);
    }

    /**
     * The text of a payload.
     *
     * @param events what was read of it
     * @param most how many bytes it may have
     * @return null if it has more
     */
    public byte @Nullable [] text(RowWriter writer, RowEvents events, long most) {
        text.reset();
        left = most;
        try {
            writer.write(events);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return left < 0 ? null : text.toByteArray();
    }

    /** What is too long is not kept. */
    private void append(byte[] bytes, int from, int length) {
        left -= length;
        if (left >= 0) {
            text.write(bytes, from, length);
        }
    }
}
