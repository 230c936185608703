package io.pagewalk.internal.sink.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.internal.sink.json.RowNode;
import io.pagewalk.internal.sink.json.RowWriter;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.RowLayout.Place;
import java.io.IOException;

/** Reads a typed part of lines back as the events that it was made of. The counterpart of {@link RowWriter}. */
final class RowParser {
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] COMMA = ",".getBytes(US_ASCII);
    private static final byte[] COLON = ":".getBytes(US_ASCII);
    private static final byte[] OBJECT = "{".getBytes(US_ASCII);
    private static final byte[] OBJECT_END = "}".getBytes(US_ASCII);
    private static final byte[] ARRAY = "[".getBytes(US_ASCII);
    private static final byte[] ARRAY_END = "]".getBytes(US_ASCII);
    private static final byte[] NONE = {};

    private final LineReader line;
    private final RowNode root;
    private final ScalarParser scalars;
    private final TypedRow row = new TypedRow();
    private final RowEvents events = row.events();

    RowParser(LineReader line, RowLayout layout) {
        this.line = line;
        this.root = RowNode.of(layout.root());
        this.scalars = new ScalarParser(line, events);
    }

    /** Valid until {@link #read}. */
    TypedRow row() {
        return row;
    }

    /** Reads the member that stands here, of which only the value is left. */
    void read() throws IOException {
        events.begin(NONE);
        read(root, 0);
    }

    /** Reads the member with the schema's id, likewise. */
    void readSchemaId() throws IOException {
        row.setSchemaId(line.skip(NULL) ? null : ByteView.of(line.string()));
    }

    private void read(RowNode node, int repetition) throws IOException {
        Place place = node.place();
        if (place.member().optional() && line.skip(NULL)) {
            absent(place, repetition, place.absent());
        } else if (node.scalar() != null) {
            scalars.read(node.scalar(), place, repetition, false);
        } else if (place.member().type() instanceof ColumnType.Struct) {
            for (RowNode child : node.children()) {
                line.expect(child.before());
                read(child, repetition);
            }
            line.expect(OBJECT_END);
        } else if (place.member().type() instanceof ColumnType.ListOf) {
            list(node, repetition);
        } else {
            map(node, repetition);
        }
    }

    private void absent(Place place, int repetition, int definition) {
        for (int leaf = place.firstLeaf(); leaf < place.endLeaf(); leaf++) {
            events.absent(leaf, repetition, definition);
        }
    }

    private void list(RowNode node, int first) throws IOException {
        Place place = node.place();
        line.expect(ARRAY);
        if (line.skip(ARRAY_END)) {
            absent(place, first, place.definition());
            return;
        }
        int repetition = first;
        do {
            read(node.element(), repetition);
            repetition = place.repetition() + 1;
        } while (line.skip(COMMA));
        line.expect(ARRAY_END);
    }

    private void map(RowNode node, int first) throws IOException {
        Place place = node.place();
        line.expect(OBJECT);
        if (line.skip(OBJECT_END)) {
            absent(place, first, place.definition());
            return;
        }
        RowNode key = node.children().get(0);
        int repetition = first;
        do {
            scalars.read((ColumnType.Scalar) key.place().member().type(), key.place(), repetition, true);
            line.expect(COLON);
            read(node.children().get(1), repetition);
            repetition = place.repetition() + 1;
        } while (line.skip(COMMA));
        line.expect(OBJECT_END);
    }
}
