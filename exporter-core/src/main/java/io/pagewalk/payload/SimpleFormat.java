package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A format that files keep as it is.
 *
 * @param expected what its payloads are
 * @param problem what the others are, in words that are the same for all of them
 * @param wider which formats accept more, as in {@code wider + " not require it"}
 * @param checking does what {@link #check} promises
 */
record SimpleFormat(
        String name, Form form, String expected, String problem, String wider, ToIntFunction<ByteView> checking)
        implements PayloadFormat {
    @Override
    public @Nullable TypedFormat typed() {
        return null;
    }

    @Override
    public int check(ByteView payload) {
        return checking.applyAsInt(payload);
    }

    @Override
    public boolean accepts(ByteView payload) {
        return checking.applyAsInt(payload) != REFUSED;
    }

    @Override
    public BadRecordException mismatch(RecordView record, Part part) {
        return new BadRecordException(
                part,
                problem,
                record + ": the " + part + " is not " + expected + ", which the " + part + " format " + name
                        + " requires (" + wider + " not)");
    }

    @Override
    public String toString() {
        return name;
    }
}
