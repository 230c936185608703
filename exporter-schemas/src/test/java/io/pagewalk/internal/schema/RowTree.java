package io.pagewalk.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.RowLayout.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events put together to what they came from, as a reader of files would: structs and maps as maps, lists as lists, texts as strings,
 * decimals as such, other bytes as 0x and digits, and numbers as they are. Checks all levels on its way.
 */
public final class RowTree {
    private final RowEvents events;
    private final List<List<Integer>> byLeaf = new ArrayList<>();
    private final int[] next;

    private RowTree(RowEvents events, RowLayout layout) {
        this.events = events;
        layout.leaves().forEach(leaf -> byLeaf.add(new ArrayList<>()));
        next = new int[byLeaf.size()];
        for (int event = 0; event < events.count(); event++) {
            byLeaf.get(events.leaf(event)).add(event);
        }
    }

    /** One payload's. */
    public static @Nullable Object of(RowEvents events, RowLayout layout) {
        RowTree tree = new RowTree(events, layout);
        Object value = tree.value(layout.root(), 0);
        for (int leaf = 0; leaf < tree.next.length; leaf++) {
            assertThat(tree.next[leaf])
                    .as("events of " + layout.leaves().get(leaf))
                    .isEqualTo(tree.byLeaf.get(leaf).size());
        }
        return value;
    }

    private int peek(int leaf) {
        assertThat(byLeaf.get(leaf)).as("events of leaf " + leaf).hasSizeGreaterThan(next[leaf]);
        return byLeaf.get(leaf).get(next[leaf]);
    }

    private void absent(Place place, int repetition, int definition) {
        for (int leaf = place.firstLeaf(); leaf < place.endLeaf(); leaf++) {
            int event = peek(leaf);
            next[leaf]++;
            assertThat(events.definition(event))
                    .as("definition of leaf " + leaf)
                    .isEqualTo(definition);
            assertThat(events.repetition(event))
                    .as("repetition of leaf " + leaf)
                    .isEqualTo(repetition);
        }
    }

    private @Nullable Object value(Place place, int repetition) {
        int definition = events.definition(peek(place.firstLeaf()));
        if (definition < place.definition()) {
            absent(place, repetition, place.absent());
            return null;
        }
        ColumnType type = place.member().type();
        if (type instanceof Scalar scalar) {
            int event = peek(place.firstLeaf());
            next[place.firstLeaf()]++;
            assertThat(events.definition(event)).isEqualTo(place.definition());
            assertThat(events.repetition(event)).isEqualTo(repetition);
            return scalar(event, scalar);
        }
        if (type instanceof ColumnType.Struct) {
            Map<Object, @Nullable Object> members = new LinkedHashMap<>();
            for (Place child : place.children()) {
                members.put(child.member().name(), value(child, repetition));
            }
            return members;
        }
        boolean isList = type instanceof ColumnType.ListOf;
        List<@Nullable Object> elements = new ArrayList<>();
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        if (definition == place.definition()) {
            absent(place, repetition, definition);
            return isList ? elements : entries;
        }
        int level = repetition;
        do {
            if (isList) {
                elements.add(value(place.children().get(0), level));
            } else {
                Object key = value(place.children().get(0), level);
                assertThat(entries).doesNotContainKey(key);
                entries.put(key, value(place.children().get(1), level));
            }
            level = place.repetition() + 1;
        } while (next[place.firstLeaf()] < byLeaf.get(place.firstLeaf()).size()
                && events.repetition(peek(place.firstLeaf())) == level);
        return isList ? elements : entries;
    }

    private Object scalar(int event, Scalar type) {
        if (type.isNumber()) {
            long number = events.number(event);
            return switch (type.kind()) {
                case BOOLEAN -> number == 1;
                case FLOAT -> Float.intBitsToFloat((int) number);
                case DOUBLE -> Double.longBitsToDouble(number);
                case DECIMAL -> BigDecimal.valueOf(number, type.scale());
                default -> number;
            };
        }
        int offset = events.offset(event);
        byte[] bytes = Arrays.copyOfRange(events.array(event), offset, offset + events.length(event));
        return switch (type.kind()) {
            case STRING, JSON -> new String(bytes, StandardCharsets.UTF_8);
            case DECIMAL -> {
                BigInteger unscaled = new BigInteger(bytes);
                assertThat(unscaled.toByteArray())
                        .as("as few bytes as it takes")
                        .isEqualTo(bytes);
                assertThat(unscaled.abs()).isLessThan(BigInteger.TEN.pow(type.precision()));
                yield new BigDecimal(unscaled, type.scale());
            }
            case FIXED -> {
                assertThat(bytes).hasSize(type.precision());
                yield hex(bytes);
            }
            default -> hex(bytes);
        };
    }

    /** How bytes are given. */
    public static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
