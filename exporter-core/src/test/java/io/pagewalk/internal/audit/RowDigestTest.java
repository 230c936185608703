package io.pagewalk.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RowDigestTest {
    private static final RowLayout LAYOUT = new RowLayout(Member.optional(
            "value",
            new ColumnType.Struct(List.of(
                    Member.optional("d", ColumnType.Scalar.of(ScalarKind.DOUBLE)),
                    Member.required(
                            "l",
                            new ColumnType.ListOf(Member.required("element", ColumnType.Scalar.of(ScalarKind.BYTES)))),
                    Member.optional("j", ColumnType.Scalar.of(ScalarKind.JSON)),
                    Member.required("f", ColumnType.Scalar.of(ScalarKind.FLOAT))))));

    @Test
    void doesNotDependOnTheOrderOfLeaves() {
        assertThat(digest(events -> {
                    bytes(events, 1, 0, 2, "ab");
                    events.number(3, 0, 1, 5);
                    events.number(0, 0, 2, 7);
                    bytes(events, 1, 1, 2, "");
                    events.absent(2, 0, 1);
                }))
                .isEqualTo(digest(events -> {
                    events.number(0, 0, 2, 7);
                    bytes(events, 1, 0, 2, "ab");
                    bytes(events, 1, 1, 2, "");
                    events.absent(2, 0, 1);
                    events.number(3, 0, 1, 5);
                }));
    }

    @Test
    void tellsAllOtherRowsApart() {
        List<String> digests = new ArrayList<>();
        for (String id : new String[] {null, "", "1"}) {
            for (int level = 0; level < 2; level++) {
                int definition = level;
                digests.add(digest(id, row(0, definition, "[]", "a", "b")));
                digests.add(digest(id, row(0, definition, "[]", "ab", "")));
                digests.add(digest(id, row(0, definition, "[]", "", "ab")));
                digests.add(digest(id, row(1, definition, "[]", "a", "b")));
                digests.add(digest(id, row(0, definition, "{}", "a", "b")));
                digests.add(digest(id, row(0, definition, "[]", "a".repeat(5000), "b")));
            }
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void takesTheSameForTheSame() {
        long nan = Double.doubleToRawLongBits(Double.NaN) | 5;
        assertThat(digest(events -> fill(events, nan, "[]")))
                .isEqualTo(digest(events -> fill(events, Double.doubleToRawLongBits(Double.NaN), "[]")));
        assertThat(digest(events -> fill(events, Double.doubleToRawLongBits(-0.0), "[]")))
                .isNotEqualTo(digest(events -> fill(events, 0, "[]")));
        assertThat(digest(events -> fill(events, 0, "[\n1]"))).isEqualTo(digest(events -> fill(events, 0, "[1]")));
        assertThat(digest(events -> fill(events, 0, " null "))).isEqualTo(digest(events -> fill(events, 0, null)));
    }

    private static void fill(RowEvents events, long number, String json) {
        events.number(0, 0, 2, number);
        events.absent(1, 0, 1);
        if (json == null) {
            events.absent(2, 0, 1);
        } else {
            bytes(events, 2, 0, 2, json);
        }
        events.number(3, 0, 1, 5);
    }

    private static Consumer<RowEvents> row(long number, int definition, String json, String... texts) {
        return events -> {
            events.number(0, 0, 2, number);
            for (int i = 0; i < texts.length; i++) {
                bytes(events, 1, i == 0 ? 0 : 1, 2, texts[i]);
            }
            bytes(events, 2, 0, 2, json);
            if (definition == 0) {
                events.number(3, 0, 1, 5);
            } else {
                events.number(3, 0, 1, 6);
            }
        };
    }

    private static void bytes(RowEvents events, int leaf, int repetition, int definition, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        events.made(leaf, repetition, definition, bytes, 0, bytes.length);
    }

    private static String digest(Consumer<RowEvents> events) {
        return digest(null, events);
    }

    private static String digest(String id, Consumer<RowEvents> events) {
        TypedRow row = new TypedRow();
        row.events().begin(new byte[0]);
        events.accept(row.events());
        row.setSchemaId(id == null ? null : ByteView.of(id.getBytes(UTF_8)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RowDigest(LAYOUT, RowDigestTest::canonical, out::write).add(row);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    /** As lines keep JSON. */
    private static ByteView canonical(ByteView payload, PayloadFormat format) {
        assertThat(format).isSameAs(PayloadFormat.JSON);
        return ByteView.of(payload.toText().replace("\n", "").getBytes(UTF_8));
    }
}
