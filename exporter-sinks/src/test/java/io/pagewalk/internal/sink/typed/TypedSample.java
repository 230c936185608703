package io.pagewalk.internal.sink.typed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RowReader;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import java.nio.ByteBuffer;
import java.util.Random;

/** Payloads that are the seeds of what they hold. One that is not 8 bytes is bad. */
record TypedSample(RowLayout layout, Part part) implements TypedFormat {
    private static final ByteView[] IDS = {
        ByteView.of("1".getBytes(UTF_8)), ByteView.of("6f1cb0e2-63a5-4d52-ae28-67c2a9dd8d3e".getBytes(UTF_8)), null
    };

    static TypedSample key(Member column) {
        return new TypedSample(new RowLayout(column), Part.KEY);
    }

    static TypedSample value(Member column) {
        return new TypedSample(new RowLayout(column), Part.VALUE);
    }

    /** Keys and values are typed. */
    static PayloadFormats both(long seed) {
        RandomColumn columns = new RandomColumn(new Random(seed));
        return new PayloadFormats(key(columns.drawSmall("key")), value(columns.draw("value")), PayloadFormat.STRING);
    }

    /** Likewise, with fewer columns. */
    static PayloadFormats few(long seed) {
        RandomColumn columns = new RandomColumn(new Random(seed));
        return new PayloadFormats(
                key(columns.drawSmall("key")), value(columns.drawSmall("value")), PayloadFormat.STRING);
    }

    static RecordView record(long offset, boolean key, boolean value) {
        ReusableRecord record =
                new ReusableRecord().begin("orders", 3, offset, 1_700_000_000_000L + offset, TimestampType.CREATE_TIME);
        if (key) {
            record.key(seed(-1 - offset));
        }
        if (value) {
            record.value(seed(offset));
        }
        return record.view();
    }

    private static byte[] seed(long seed) {
        return ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
    }

    /** What a payload holds. */
    Object tree(ByteView payload) {
        long seed = ByteBuffer.wrap(payload.toBytes()).getLong();
        return RandomValues.draw(layout.root(), new Random(seed));
    }

    String text(ByteView payload) {
        return payload == null ? "null" : RandomValues.text(layout.root(), tree(payload));
    }

    static ByteView id(ByteView payload) {
        return payload == null
                ? null
                : IDS[
                        payload.array()[payload.end() - 1] % 7 == 0
                                ? 1
                                : payload.array()[payload.end() - 1] % 11 == 0 ? 2 : 0];
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public RowReader newReader() {
        return this::read;
    }

    private ByteView read(RecordView record, RowEvents into) {
        ByteView payload = part == Part.KEY ? record.key() : record.value();
        into.begin(payload.array());
        if (payload.length() != Long.BYTES) {
            // As if it were noticed half-way.
            into.absent(0, 0, 0);
            throw new BadRecordException(part, "not a seed", record + ": the " + part + " is not a seed");
        }
        RandomValues.emit(layout.root(), tree(payload), 0, into, new Random(payload.array()[payload.end() - 1]));
        return id(payload);
    }
}
