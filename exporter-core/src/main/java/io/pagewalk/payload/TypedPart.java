package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads the typed keys, or the typed values, of records. Whoever writes or compares records has one for each of these parts, and
 * reads both before anything of the record is written. Confined to one thread.
 */
public final class TypedPart {
    private static final byte[] NONE = {};

    private final Part part;
    private final RowLayout layout;
    private final int leaves;
    private final RowReader reader;
    private final TypedRow row = new TypedRow();

    private TypedPart(Part part, TypedFormat format) {
        this.part = part;
        this.layout = format.layout();
        this.leaves = layout.leaves().size();
        this.reader = format.newReader();
    }

    /** For keys; null if they are not typed. */
    public static @Nullable TypedPart ofKey(PayloadFormats formats) {
        TypedFormat format = formats.key().typed();
        return format == null ? null : new TypedPart(Part.KEY, format);
    }

    /** For values; null if they are not typed. */
    public static @Nullable TypedPart ofValue(PayloadFormats formats) {
        TypedFormat format = formats.value().typed();
        return format == null ? null : new TypedPart(Part.VALUE, format);
    }

    /** The column. */
    public RowLayout layout() {
        return layout;
    }

    /**
     * Reads the payload of a record into {@link #row()}, also one that is null.
     *
     * @throws BadRecordException if it is none of the format
     */
    public void read(RecordView record) {
        ByteView payload = part == Part.KEY ? record.key() : record.value();
        RowEvents events = row.events();
        if (payload == null) {
            events.begin(NONE);
            for (int leaf = 0; leaf < leaves; leaf++) {
                events.absent(leaf, 0, 0);
            }
            row.setSchemaId(null);
        } else {
            row.setSchemaId(reader.read(record, events));
        }
    }

    /** What was read last; valid as long as its record is. */
    public TypedRow row() {
        return row;
    }
}
