package io.pagewalk.internal.sink.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowLayout.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place of a layout, with what lines have before its value. */
public final class RowNode {
    private final Place place;
    private final byte[] before;
    private final ColumnType.@Nullable Scalar scalar;
    private final List<RowNode> children;

    private RowNode(Place place, byte[] before, List<RowNode> children) {
        this.place = place;
        this.before = before;
        this.scalar = place.member().type() instanceof ColumnType.Scalar leaf ? leaf : null;
        this.children = children;
    }

    /** That of a layout's root. */
    public static RowNode of(Place root) {
        return of(root, new byte[0], new Names());
    }

    private static RowNode of(Place place, byte[] before, Names names) {
        List<RowNode> children = new ArrayList<>();
        for (Place child : place.children()) {
            children.add(of(child, names.before(child.member().name(), children.isEmpty()), names));
        }
        return new RowNode(place, before, List.copyOf(children));
    }

    /** Where in the layout it is. */
    public Place place() {
        return place;
    }

    /** Of a member of a struct: a brace or a comma, its name and a colon. */
    public byte[] before() {
        return before;
    }

    /** What it is if it is a leaf. */
    public ColumnType.@Nullable Scalar scalar() {
        return scalar;
    }

    /** What it is made of, in the order of the layout. */
    public List<RowNode> children() {
        return children;
    }

    /** The only child of a list. */
    public RowNode element() {
        return children.get(0);
    }

    /** Writes names as lines have them. */
    private static final class Names {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final JsonWriter json = new JsonWriter(out::write);

        byte[] before(String name, boolean first) {
            byte[] text = name.getBytes(UTF_8);
            try {
                json.raw(new byte[] {(byte) (first ? '{' : ',')});
                json.string(text, 0, text.length);
                json.raw(new byte[] {':'});
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] before = out.toByteArray();
            out.reset();
            return before;
        }
    }
}
