package io.pagewalk.internal.sink.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.EventsByLeaf;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.RowLayout.Place;
import java.io.IOException;
import java.util.List;

/**
 * Writes what was read of a typed payload as JSON: objects with all their members in the order of the layout, null where there is
 * nothing, arrays, and objects for maps. It goes down the layout with a cursor in the events of each leaf. Confined to one thread.
 */
public final class RowWriter {
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] COMMA = ",".getBytes(US_ASCII);
    private static final byte[] COLON = ":".getBytes(US_ASCII);
    private static final byte[] OBJECT = "{".getBytes(US_ASCII);
    private static final byte[] OBJECT_END = "}".getBytes(US_ASCII);
    private static final byte[] ARRAY = "[".getBytes(US_ASCII);
    private static final byte[] ARRAY_END = "]".getBytes(US_ASCII);

    private final JsonWriter json;
    private final RowValues values;
    private final EventsByLeaf order;
    private final int[] cursors;
    private final RowNode root;
    private RowEvents events = new RowEvents();

    public RowWriter(RowLayout layout, JsonWriter json) {
        this.json = json;
        this.values = new RowValues(json);
        this.order = new EventsByLeaf(layout);
        this.cursors = new int[layout.leaves().size()];
        this.root = RowNode.of(layout.root());
    }

    /** Writes what was read. */
    public void write(RowEvents read) throws IOException {
        events = read;
        order.sort(events);
        for (int leaf = 0; leaf < cursors.length; leaf++) {
            cursors[leaf] = order.begin(leaf);
        }
        write(root);
    }

    private void write(RowNode node) throws IOException {
        Place place = node.place();
        int event = order.at(cursors[place.firstLeaf()]);
        int definition = events.definition(event);
        if (definition < place.definition()) {
            pass(place);
            json.raw(NULL);
        } else if (node.scalar() != null) {
            cursors[place.firstLeaf()]++;
            values.value(node.scalar(), events, event);
        } else if (place.member().type() instanceof ColumnType.Struct) {
            struct(node);
        } else if (definition == place.definition()) {
            pass(place);
            boolean list = place.member().type() instanceof ColumnType.ListOf;
            json.raw(list ? ARRAY : OBJECT);
            json.raw(list ? ARRAY_END : OBJECT_END);
        } else if (place.member().type() instanceof ColumnType.ListOf) {
            list(node);
        } else {
            map(node);
        }
    }

    private void pass(Place place) {
        for (int leaf = place.firstLeaf(); leaf < place.endLeaf(); leaf++) {
            cursors[leaf]++;
        }
    }

    private void struct(RowNode node) throws IOException {
        List<RowNode> children = node.children();
        for (int i = 0; i < children.size(); i++) {
            RowNode child = children.get(i);
            json.raw(child.before());
            write(child);
        }
        json.raw(OBJECT_END);
    }

    private void list(RowNode node) throws IOException {
        byte[] before = ARRAY;
        do {
            json.raw(before);
            write(node.element());
            before = COMMA;
        } while (hasMore(node.place()));
        json.raw(ARRAY_END);
    }

    private void map(RowNode node) throws IOException {
        RowNode key = node.children().get(0);
        RowNode value = node.children().get(1);
        byte[] before = OBJECT;
        do {
            json.raw(before);
            int leaf = key.place().firstLeaf();
            values.key((ColumnType.Scalar) key.place().member().type(), events, order.at(cursors[leaf]++));
            json.raw(COLON);
            write(value);
            before = COMMA;
        } while (hasMore(node.place()));
        json.raw(OBJECT_END);
    }

    /** Whether the innermost list or map under way goes on. */
    private boolean hasMore(Place place) {
        int leaf = place.firstLeaf();
        int cursor = cursors[leaf];
        return cursor < order.end(leaf) && events.repetition(order.at(cursor)) > place.repetition();
    }
}
