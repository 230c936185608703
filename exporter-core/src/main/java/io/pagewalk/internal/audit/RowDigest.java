package io.pagewalk.internal.audit;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.EventsByLeaf;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Typed payloads as the bytes that a digest is made of: the id of the schema behind its length (-1 if there is none); then, leaf by
 * leaf, each event's repetition and definition level, a byte each, and its value if it is there: a number in 8 bytes, big-endian, or
 * bytes behind their length. What means the same is the same: all NaNs are, and so is what the file format makes of a JSON text. An
 * optional JSON text that is the literal null is taken for none, since lines of JSON cannot tell these apart. Confined to one thread.
 */
final class RowDigest {
    private static final int NULL = -1;
    private static final int ROOM = 4096;

    /** Takes the bytes, which are used again after the call. */
    @FunctionalInterface
    interface Target {
        void update(byte[] bytes, int offset, int length);
    }

    private final BiFunction<ByteView, PayloadFormat, ByteView> canonical;
    private final Target target;
    private final RowLayout.Leaf[] leaves;
    private final boolean[] optional;
    private final EventsByLeaf order;
    private final ByteBuffer buffer = ByteBuffer.allocate(ROOM);

    RowDigest(RowLayout layout, BiFunction<ByteView, PayloadFormat, ByteView> canonical, Target target) {
        this.canonical = canonical;
        this.target = target;
        this.leaves = layout.leaves().toArray(RowLayout.Leaf[]::new);
        this.optional = new boolean[leaves.length];
        findOptional(layout.root());
        this.order = new EventsByLeaf(layout);
    }

    private void findOptional(RowLayout.Place place) {
        if (place.isLeaf()) {
            optional[place.firstLeaf()] = place.member().optional();
        }
        place.children().forEach(this::findOptional);
    }

    /** Hands over all bytes of a payload. */
    void add(TypedRow row) {
        ByteView id = row.schemaId();
        if (id == null) {
            reserve(Integer.BYTES).putInt(NULL);
        } else {
            bytes(id.array(), id.offset(), id.length());
        }
        RowEvents events = row.events();
        order.sort(events);
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            for (int place = order.begin(leaf); place < order.end(leaf); place++) {
                event(events, order.at(place), leaf);
            }
        }
        flush();
    }

    private void event(RowEvents events, int event, int leaf) {
        ColumnType.Scalar type = leaves[leaf].type();
        int definition = events.definition(event);
        boolean present = definition == leaves[leaf].definition();
        ByteView json = present && type.kind() == ScalarKind.JSON ? json(events, event, leaf) : null;
        if (present && type.kind() == ScalarKind.JSON && json == null) {
            present = false;
            definition--;
        }
        reserve(2).put((byte) events.repetition(event)).put((byte) definition);
        if (!present) {
            return;
        }
        if (json != null) {
            bytes(json.array(), json.offset(), json.length());
        } else if (type.isNumber()) {
            reserve(Long.BYTES).putLong(canonical(type.kind(), events.number(event)));
        } else {
            bytes(events.array(event), events.offset(event), events.length(event));
        }
    }

    /** Null where it is taken for none. */
    private @Nullable ByteView json(RowEvents events, int event, int leaf) {
        byte[] array = events.array(event);
        int offset = events.offset(event);
        int length = events.length(event);
        if (optional[leaf] && JsonScanner.isNull(array, offset, offset + length)) {
            return null;
        }
        return canonical.apply(ByteView.of(array, offset, length), PayloadFormat.JSON);
    }

    private static long canonical(ScalarKind kind, long value) {
        return switch (kind) {
            case FLOAT -> Float.floatToIntBits(Float.intBitsToFloat((int) value));
            case DOUBLE -> Double.doubleToLongBits(Double.longBitsToDouble(value));
            default -> value;
        };
    }

    private void bytes(byte[] array, int offset, int length) {
        reserve(Integer.BYTES).putInt(length);
        if (length <= buffer.remaining()) {
            buffer.put(array, offset, length);
        } else {
            flush();
            target.update(array, offset, length);
        }
    }

    private ByteBuffer reserve(int length) {
        if (buffer.remaining() < length) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        target.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
