package io.pagewalk.internal.schema.column;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.payload.RowReader;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.RowEvents;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads payloads without frames: all are of one schema. */
final class PlainReader implements RowReader {
    private final Part part;
    private final VersionReader reader;

    PlainReader(Part part, VersionReader reader) {
        this.part = part;
        this.reader = reader;
    }

    @Override
    public @Nullable ByteView read(RecordView record, RowEvents into) {
        ByteView payload = Objects.requireNonNull(part == Part.KEY ? record.key() : record.value());
        try {
            reader.read(payload.array(), payload.offset(), payload.length(), into);
        } catch (BadPayloadException e) {
            throw ColumnReader.bad(part, record, e.getMessage());
        }
        return null;
    }
}
