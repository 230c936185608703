package io.pagewalk.internal.sink;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import org.jspecify.annotations.Nullable;

/** A format that no file format has heard of; it takes what another one does, and counts how often it is asked. */
final class CountingFormat implements PayloadFormat {
    private final PayloadFormat like;
    private long checks;

    CountingFormat(PayloadFormat like) {
        this.like = like;
    }

    long checks() {
        return checks;
    }

    @Override
    public @Nullable TypedFormat typed() {
        return null;
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public Form form() {
        return like.form();
    }

    @Override
    public int check(ByteView payload) {
        checks++;
        return like.check(payload);
    }

    @Override
    public boolean accepts(ByteView payload) {
        return check(payload) != REFUSED;
    }

    @Override
    public BadRecordException mismatch(RecordView record, Part part) {
        return new BadRecordException(part, "not counted", "not counted");
    }
}
