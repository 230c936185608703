package io.pagewalk.internal.schema.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.EventTree;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.RowEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each type of Protobuf, what column it has, and what its values become. */
class ProtobufMappingTest {
    private static final String PROTO3 = "syntax = \"proto3\"; ";

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        writing.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    /** One version, read with the last of several. */
    private static final class Reader {
        private final TableSchema table;
        private final ProtobufDecoder decoder;
        private final RowEvents events = new RowEvents();

        Reader(TimeUnit unit, int version, String... texts) throws SchemaRefusedException {
            List<SchemaVersion> versions = new ArrayList<>();
            List<ProtobufMessage> messages = new ArrayList<>();
            for (String text : texts) {
                messages.add(ProtobufSchema.parse("s.proto", text, Map.of()).first());
                versions.add(new SchemaVersion(
                        "v" + texts.length, messages.get(messages.size() - 1).type()));
            }
            table = TableSchema.merge("value", List.of(new SchemaSubject("s", versions)), unit);
            decoder = messages.get(version).decoder(table.binding(0, version));
        }

        Map<?, ?> read(byte[] payload) throws BadPayloadException {
            decoder.decode(payload, 0, payload.length, events);
            return (Map<?, ?>) EventTree.of(table.layout(), events);
        }

        String columns() {
            return table.text();
        }
    }

    private static Reader of(String message) throws SchemaRefusedException {
        return new Reader(TimeUnit.MICROSECONDS, 0, PROTO3 + message);
    }

    @Test
    void unsignedNumbersStayPositive() throws Exception {
        Reader reader = of("message M { uint32 a = 1; fixed32 b = 2; uint64 c = 3; fixed64 d = 4; }");
        Map<?, ?> row = reader.read(bytes(out -> {
            out.writeUInt32(1, -1);
            out.writeFixed32(2, -1);
            out.writeUInt64(3, -1);
            out.writeFixed64(4, Long.MIN_VALUE);
        }));
        assertThat(row.get("a")).isEqualTo(4294967295L);
        assertThat(row.get("b")).isEqualTo(4294967295L);
        assertThat(row.get("c")).isEqualTo(new BigDecimal("18446744073709551615"));
        assertThat(row.get("d")).isEqualTo(new BigDecimal("9223372036854775808"));
    }

    @Test
    void presenceIsNullOrZeroAsTheSchemaSays() throws Exception {
        Map<?, ?> proto3 = of("message M { int32 a = 1; optional int32 b = 2; N c = 3; string s = 4; E e = 5;"
                        + " oneof x { int32 d = 6; string f = 7; } repeated int32 l = 8; map<string, int32> m = 9; }"
                        + " message N { int32 z = 1; } enum E { FIRST = 0; }")
                .read(new byte[0]);
        Map<String, Object> expected =
                new HashMap<>(Map.of("a", 0L, "s", "", "e", "FIRST", "l", List.of(), "m", Map.of()));
        Arrays.asList("b", "c", "d", "f").forEach(name -> expected.put(name, null));
        assertThat(proto3).isEqualTo(expected);
        Map<?, ?> proto2 = new Reader(TimeUnit.MICROSECONDS, 0, "message M { optional int32 a = 1 [default = 7]; }")
                .read(new byte[0]);
        assertThat(proto2.containsKey("a")).isTrue();
        assertThat(proto2.get("a")).isNull();
    }

    @Test
    void aMissingRequiredFieldIsBad() throws Exception {
        Reader reader = new Reader(TimeUnit.MICROSECONDS, 0, "message M { required int32 a = 1; }");
        assertThatThrownBy(() -> reader.read(new byte[0]))
                .isInstanceOf(BadPayloadException.class)
                .hasMessage("required field is missing (at a)");
    }

    @Test
    void theLastMemberOfAOneofIsThere() throws Exception {
        Map<?, ?> row = of("message M { oneof x { int32 a = 1; N n = 2; } } message N { int32 p = 1; int32 q = 2; }")
                .read(bytes(out -> {
                    out.writeByteArray(2, new byte[] {8, 5});
                    out.writeInt32(1, 7);
                    out.writeByteArray(2, new byte[] {16, 6});
                }));
        assertThat(row.get("a")).isNull();
        assertThat(row.get("n")).isEqualTo(Map.of("p", 0L, "q", 6L));
    }

    @Test
    void enumsAreTextAndUnknownNumbersTheirDigits() throws Exception {
        Reader reader = of("message M { repeated E e = 1; } enum E { A = 0; B = 5; }");
        assertThat(reader.read(new byte[] {10, 4, 0, 5, 6, 1}).get("e")).isEqualTo(List.of("A", "B", "6", "1"));
    }

    @Test
    void mapsKeepTheTypesOfTheirKeysAndTheLastValueOfEach() throws Exception {
        Reader reader = of("message M { map<bool, int32> b = 1; map<int64, string> i = 2; map<uint64, N> u = 3; }"
                + " message N { int32 z = 1; }");
        Map<?, ?> row = reader.read(bytes(out -> {
            out.writeByteArray(1, new byte[] {8, 1, 16, 1});
            out.writeByteArray(1, new byte[] {16, 2});
            out.writeByteArray(1, new byte[] {8, 1, 16, 3});
            out.writeByteArray(2, new byte[] {8, 4, 18, 1, 'x'});
            out.writeByteArray(3, new byte[] {8, 9});
        }));
        assertThat(row.get("b")).isEqualTo(Map.of(true, 3L, false, 2L));
        assertThat(row.get("i")).isEqualTo(Map.of(4L, "x"));
        assertThat(row.get("u")).isEqualTo(Map.of(new BigDecimal(9), Map.of("z", 0L)));
    }

    @Test
    void mapsOfManyEntriesAreWithoutDuplicatesToo() throws Exception {
        Reader reader = of("message M { map<string, int32> m = 1; }");
        Map<Object, Object> expected = new HashMap<>();
        byte[] payload = bytes(out -> {
            for (int i = 0; i < 1000; i++) {
                String key = "k" + i * 7919 % 300;
                int value = i;
                out.writeByteArray(1, bytes(entry -> {
                    entry.writeString(1, key);
                    entry.writeInt32(2, value);
                }));
                expected.put(key, (long) value);
            }
        });
        assertThat(reader.read(payload).get("m")).isEqualTo(expected);
    }

    @Test
    void wrappersAreScalarsThatMayBeNull() throws Exception {
        String imports = "import \"google/protobuf/wrappers.proto\"; ";
        Reader reader = of(imports + "message M { google.protobuf.Int64Value a = 1; google.protobuf.StringValue b = 2;"
                + " google.protobuf.BoolValue c = 3; repeated google.protobuf.UInt64Value d = 4; }");
        Map<?, ?> row = reader.read(bytes(out -> {
            out.writeByteArray(1, new byte[] {8, 5});
            out.writeByteArray(3, new byte[0]);
            out.writeByteArray(4, new byte[0]);
            out.writeByteArray(4, new byte[] {8, 6});
        }));
        assertThat(row.get("a")).isEqualTo(5L);
        assertThat(row.get("b")).isNull();
        assertThat(row.get("c")).isEqualTo(false);
        assertThat(row.get("d")).isEqualTo(List.of(BigDecimal.ZERO, new BigDecimal(6)));
    }

    @Test
    void timestampsHaveTheUnitOfTheTableAndAreCutDownward() throws Exception {
        String text =
                PROTO3 + "import \"google/protobuf/timestamp.proto\"; message M { google.protobuf.Timestamp t = 1; }";
        byte[] before1970 = bytes(out -> out.writeByteArray(1, bytes(time -> {
            time.writeInt64(1, -2);
            time.writeInt32(2, 999_999_999);
        })));
        Reader millis = new Reader(TimeUnit.MILLISECONDS, 0, text);
        assertThat(millis.read(before1970).get("t")).isEqualTo(-1001L);
        assertThat(millis.decoder.cutTimes()).isEqualTo(1);
        assertThat(new Reader(TimeUnit.MICROSECONDS, 0, text).read(before1970).get("t"))
                .isEqualTo(-1_000_001L);
        Reader nanos = new Reader(TimeUnit.NANOSECONDS, 0, text);
        assertThat(nanos.read(before1970).get("t")).isEqualTo(-1_000_000_001L);
        assertThat(nanos.decoder.cutTimes()).isZero();
        byte[] lowest = bytes(out -> out.writeByteArray(1, bytes(time -> {
            time.writeInt64(1, -9_223_372_037L);
            time.writeInt32(2, 145_224_192);
        })));
        assertThat(nanos.read(lowest).get("t")).isEqualTo(Long.MIN_VALUE);
        byte[] year9999 = bytes(out -> out.writeByteArray(1, bytes(time -> time.writeInt64(1, 253_402_300_799L))));
        assertThatThrownBy(() -> nanos.read(year9999)).hasMessage("timestamp does not fit into the column (at t)");
    }

    @Test
    void durationsAndAnyAreStructsAndEmptyIsPresent() throws Exception {
        Reader reader = of("import \"google/protobuf/duration.proto\"; import \"google/protobuf/any.proto\";"
                + " import \"google/protobuf/empty.proto\"; message M { google.protobuf.Duration d = 1;"
                + " google.protobuf.Any a = 2; google.protobuf.Empty e = 3; Own o = 4; } message Own { }");
        Map<?, ?> row = reader.read(bytes(out -> {
            out.writeByteArray(1, new byte[] {8, 1, 16, 5});
            out.writeByteArray(2, new byte[] {10, 1, 'u', 18, 1, 7});
            out.writeByteArray(3, new byte[0]);
        }));
        assertThat(row.get("d")).isEqualTo(Map.of("seconds", 1L, "nanos", 5L));
        assertThat(row.get("a")).isEqualTo(Map.of("type_url", "u", "value", "07"));
        assertThat(row.get("e")).isEqualTo(Map.of("present", true));
        assertThat(row.get("o")).isNull();
    }

    @Test
    void recursiveMessagesAreJsonFromTheFirstRecurrenceOn() throws Exception {
        Reader reader = of("message M { string name = 1; M next = 2; uint64 big = 3; bytes raw = 4; double d = 5; }");
        byte[] innermost = bytes(out -> {
            out.writeUInt64(3, -1);
            out.writeByteArray(4, new byte[] {1, 2});
            out.writeDouble(5, 0.25);
        });
        Map<?, ?> row = reader.read(bytes(out -> {
            out.writeString(1, "outer");
            out.writeByteArray(2, bytes(inner -> {
                inner.writeString(1, "in\"ner\n");
                inner.writeByteArray(2, innermost);
            }));
        }));
        assertThat(row.get("next"))
                .isEqualTo(
                        EventTree.json(
                                "{\"name\":\"in\\\"ner\\n\",\"next\":{\"name\":\"\","
                                        + "\"big\":18446744073709551615,\"raw\":\"AQI=\",\"d\":0.25},\"big\":0,\"raw\":\"\",\"d\":0.0}"));
    }

    @Test
    void unknownFieldsAreLeftOutAndCounted() throws Exception {
        Reader reader = of("message M { int32 a = 1; N n = 2; } message N { }");
        Map<?, ?> row = reader.read(bytes(out -> {
            out.writeInt32(1, 5);
            out.writeInt32(77, 6);
            out.writeString(1, "of another type");
            out.writeByteArray(2, new byte[] {8, 1});
        }));
        assertThat(row.get("a")).isEqualTo(5L);
        assertThat(reader.decoder.unknownFields()).isEqualTo(3);
    }

    @Test
    void unknownFieldsAreBadWhereThatIsAskedFor() throws Exception {
        ProtobufMessage message = ProtobufSchema.parse(
                        "s.proto", PROTO3 + "message M { int32 a = 1; N n = 2; } message N { }", Map.of())
                .first();
        TableSchema table = TableSchema.merge(
                "value",
                List.of(new SchemaSubject("s", List.of(new SchemaVersion("v1", message.type())))),
                TimeUnit.MICROSECONDS);
        ProtobufDecoder decoder = message.decoder(table.binding(0, 0), true);
        RowEvents events = new RowEvents();

        assertThatThrownBy(() -> decoder.decode(ByteView.of(bytes(out -> out.writeInt32(77, 6))), events))
                .hasMessage("the schema has no such field (at 77)");
        assertThatThrownBy(() ->
                        decoder.decode(ByteView.of(bytes(out -> out.writeByteArray(2, new byte[] {8, 1}))), events))
                .hasMessage("the schema has no such field (at n.1)");
        assertThatThrownBy(() -> decoder.decode(ByteView.of(bytes(out -> out.writeString(1, "text"))), events))
                .hasMessage("the schema has no such field (at 1)");
        decoder.decode(ByteView.of(bytes(out -> out.writeInt32(1, 5))), events);
        assertThat(events.number(0)).isEqualTo(5);
    }

    @Test
    void stringsThatAreNotUtf8AreBad() throws Exception {
        assertThatThrownBy(() -> of("message M { N n = 1; } message N { repeated string s = 2; }")
                        .read(new byte[] {10, 3, 18, 1, (byte) 0xFF}))
                .hasMessage("string is not UTF-8 (at n.s)");
    }

    @Test
    void fieldsAreMatchedByNumberOverVersions() throws Exception {
        String old = PROTO3 + "message M { int32 old_name = 1; string gone = 2; int32 wide = 3; }";
        String renamed = PROTO3 + "message M { int32 name = 1; int64 wide = 3; string added = 4; }";
        byte[] payload = bytes(out -> {
            out.writeInt32(1, 5);
            out.writeString(2, "x");
            out.writeInt32(3, -7);
        });
        Map<String, Object> expected = new HashMap<>(Map.of("name", 5L, "gone", "x", "wide", -7L));
        expected.put("added", null);
        assertThat(new Reader(TimeUnit.MICROSECONDS, 0, old, renamed).read(payload))
                .isEqualTo(expected);
        expected.put("gone", null);
        expected.put("added", "");
        assertThat(new Reader(TimeUnit.MICROSECONDS, 1, old, renamed).read(payload))
                .isEqualTo(expected);
    }

    @Test
    void aMessageIsChosenByPathOrName() throws Exception {
        ProtobufSchema schema = ProtobufSchema.parse(
                "s.proto",
                PROTO3 + "package p.q; enum E { Z = 0; } message A { enum F { Y = 0; } message B { int32 b = 1; }"
                        + " message C { message B { } } } message D { }",
                Map.of());
        assertThat(schema.first().name()).isEqualTo("p.q.A");
        assertThat(schema.at(0, 1, 0).name()).isEqualTo("p.q.A.C.B");
        assertThat(schema.at(1).name()).isEqualTo("p.q.D");
        assertThat(schema.named("p.q.A.B").name()).isEqualTo("p.q.A.B");
        assertThat(schema.named("C").name()).isEqualTo("p.q.A.C");
        assertThatThrownBy(() -> schema.named("B")).hasMessage("Protobuf schema has several messages B");
        assertThatThrownBy(() -> schema.named("X")).hasMessage("Protobuf schema has no message X");
        assertThatThrownBy(() -> schema.at(0, 2))
                .hasMessage("Protobuf schema has no message number 2 in message p.q.A");
    }

    @Test
    void importsAreTakenFromReferencesAndMissingOptionsAreNoMatter() throws Exception {
        String text = PROTO3 + "import \"a.proto\"; import \"not/there.proto\"; message M { a.N n = 1 [(x.y) = 5]; }"
                + " service S { rpc R(not.There) returns (M); }";
        ProtobufSchema schema = ProtobufSchema.parse(
                "s.proto",
                text,
                Map.of(
                        "a.proto",
                        PROTO3 + "package a; import \"b.proto\"; message N { b.O o = 1; }",
                        "b.proto",
                        PROTO3 + "package b; message O { int32 o = 1; }"));
        assertThat(schema.first().type().toString()).contains("name=o");
        assertThatThrownBy(() -> ProtobufSchema.parse("s.proto", text, Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("unable to resolve a.N")
                .hasMessageContaining("these imports are not there: a.proto, not/there.proto");
    }

    @Test
    void filesAreReadWithWhatTheyImport(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("common"));
        Files.writeString(
                directory.resolve("main.proto"), PROTO3 + "import \"common/a.proto\"; message M { N n = 1; }");
        Files.writeString(
                directory.resolve("common/a.proto"), PROTO3 + "import \"common/b.proto\"; message N { O o = 1; }");
        Files.writeString(
                directory.resolve("common/b.proto"), PROTO3 + "message O { int32 \u00f6 = 1; }".replace("\u00f6", "o"));
        ProtobufSource source = ProtobufSource.read(directory.resolve("main.proto"));
        assertThat(source.imports()).containsOnlyKeys("common/a.proto", "common/b.proto");
        assertThat(source.schema().first().name()).isEqualTo("M");
    }

    @Test
    void groupsEditionsAndOtherTextsAreRefused() {
        assertThatThrownBy(() -> ProtobufSchema.parse(
                        "s.proto", "message M { optional group G = 1 { optional int32 a = 2; } }", Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("group G in message M")
                .hasMessageContaining("groups are not supported");
        assertThatThrownBy(() -> ProtobufSchema.parse("s.proto", "edition = \"2023\"; message M { }", Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("edition is not currently supported");
        assertThatThrownBy(() -> ProtobufSchema.parse("s.proto", "{\"type\": \"record\"}", Map.of()))
                .isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void messagesThatUnfoldWithoutEndAreRefused() {
        StringBuilder text = new StringBuilder(PROTO3);
        for (int i = 0; i < 12; i++) {
            text.append("message M").append(i).append(" {");
            for (int j = 0; j < 12; j++) {
                text.append(" M")
                        .append(j)
                        .append(" f")
                        .append(j)
                        .append(" = ")
                        .append(j + 1)
                        .append(";");
            }
            text.append(" }");
        }
        assertThatThrownBy(() -> ProtobufSchema.parse("s.proto", text.toString(), Map.of())
                        .first())
                .hasMessage("the Protobuf schema has more than 10000 columns");
    }

    @Test
    void smallPayloadsCannotStandForMuch() throws Exception {
        StringBuilder wide = new StringBuilder("message M { repeated N n = 1; } message N {");
        for (int i = 1; i <= 2000; i++) {
            wide.append(" string f").append(i).append(" = ").append(i).append(";");
        }
        Reader reader = of(wide + " }");
        byte[] payload = new byte[20_000];
        for (int i = 0; i < payload.length; i += 2) {
            payload[i] = 10;
        }
        assertThatThrownBy(() -> reader.decoder.decode(payload, 0, payload.length, reader.events))
                .hasMessage("payload stands for too many values (at n)");
        byte[] deep = new byte[0];
        Reader recursive = of("message M { M m = 1; }");
        for (int i = 0; i < 101; i++) {
            byte[] inner = deep;
            deep = bytes(out -> out.writeByteArray(1, inner));
        }
        byte[] tooDeep = deep;
        assertThatThrownBy(() -> recursive.read(tooDeep))
                .hasMessageContaining("messages are nested more than 100 deep");
        assertThatThrownBy(() -> reader.read("\u007f\u007f".getBytes(UTF_8))).isInstanceOf(BadPayloadException.class);
    }

    @Test
    void columnsOfEveryScalar() throws Exception {
        StringBuilder text = new StringBuilder("message M {");
        int number = 1;
        for (FieldKind kind : FieldKind.values()) {
            if (kind != FieldKind.ENUM && kind != FieldKind.MESSAGE) {
                String name = kind.name().toLowerCase(Locale.ROOT);
                text.append(' ')
                        .append(name)
                        .append(" f_")
                        .append(name)
                        .append(" = ")
                        .append(number++)
                        .append(";");
            }
        }
        String columns = of(text + " }").columns();
        Map<String, String> expected = Map.ofEntries(
                Map.entry("double", "DOUBLE"),
                Map.entry("float", "FLOAT"),
                Map.entry("int32", "INT32"),
                Map.entry("int64", "INT64"),
                Map.entry("uint32", "INT64"),
                Map.entry("uint64", "DECIMAL"),
                Map.entry("sint32", "INT32"),
                Map.entry("sint64", "INT64"),
                Map.entry("fixed32", "INT64"),
                Map.entry("fixed64", "DECIMAL"),
                Map.entry("sfixed32", "INT32"),
                Map.entry("sfixed64", "INT64"),
                Map.entry("bool", "BOOLEAN"),
                Map.entry("string", "STRING"),
                Map.entry("bytes", "BYTES"));
        expected.forEach((name, kind) -> assertThat(columns.toUpperCase(Locale.ROOT))
                .containsPattern("\"F_" + name.toUpperCase(Locale.ROOT) + "\"[^}]*\"" + kind + "\\b"));
    }
}
