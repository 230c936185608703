package io.pagewalk.internal.schema.merge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.internal.schema.Preset;
import io.pagewalk.internal.schema.merge.MergedNode.Branch;
import io.pagewalk.internal.schema.merge.MergedNode.Field;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The text of a table's schema: one for each schema, with the defaults that records of versions without a field get. */
final class TableText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonGenerator out;
    private final Predicate<Field> hasPreset;

    private TableText(JsonGenerator out, Predicate<Field> hasPreset) {
        this.out = out;
        this.hasPreset = hasPreset;
    }

    static String write(Member column, MergedNode root, Predicate<Field> hasPreset) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            new TableText(out, hasPreset).member(column, root, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void member(Member member, MergedNode node, @Nullable Preset preset) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", member.name());
        out.writeBooleanField("optional", member.optional());
        out.writeFieldName("type");
        type(member.type(), node);
        if (preset != null) {
            out.writeFieldName("default");
            preset(preset);
        }
        out.writeEndObject();
    }

    private void type(ColumnType type, MergedNode node) throws IOException {
        if (type instanceof Scalar scalar) {
            scalar(scalar);
            return;
        }
        out.writeStartObject();
        if (type instanceof ColumnType.Struct struct) {
            out.writeArrayFieldStart("struct");
            struct(struct, node);
            out.writeEndArray();
        } else if (type instanceof ColumnType.ListOf list && node instanceof MergedNode.Many many) {
            out.writeFieldName("list");
            member(list.element(), many.element().node(), null);
        } else if (type instanceof ColumnType.MapOf map && node instanceof MergedNode.Entries entries) {
            out.writeFieldName("key");
            scalar(map.key());
            out.writeFieldName("map");
            member(map.value(), entries.value().node(), null);
        }
        out.writeEndObject();
    }

    private void struct(ColumnType.Struct struct, MergedNode node) throws IOException {
        int next = 0;
        if (node instanceof MergedNode.Group group) {
            if (group.present() != null) {
                member(struct.members().get(next++), new MergedNode.Nothing(), null);
            }
            for (Field field : group.fields()) {
                Preset preset = hasPreset.test(field) ? field.preset() : null;
                member(struct.members().get(next++), field.node(), preset);
            }
        } else if (node instanceof MergedNode.Choice choice) {
            for (Branch branch : choice.branches()) {
                member(struct.members().get(next++), branch.node(), null);
            }
        }
    }

    private void scalar(Scalar scalar) throws IOException {
        String kind = scalar.kind().name();
        out.writeString(
                switch (scalar.kind()) {
                    case DECIMAL -> kind + "(" + scalar.precision() + "," + scalar.scale() + ")";
                    case FIXED -> kind + "(" + scalar.precision() + ")";
                    default -> kind;
                });
    }

    private void preset(Preset preset) throws IOException {
        if (preset instanceof Preset.Number number) {
            out.writeNumber(number.value());
        } else if (preset instanceof Preset.Bytes bytes) {
            out.writeBinary(bytes.value());
        } else if (preset instanceof Preset.Many many) {
            out.writeStartArray();
            for (Preset element : many.elements()) {
                preset(element);
            }
            out.writeEndArray();
        } else if (preset instanceof Preset.Group group) {
            presets(group.fields());
        } else if (preset instanceof Preset.Entries entries) {
            presets(entries.values());
        } else if (preset instanceof Preset.Choice choice) {
            out.writeStartObject();
            out.writeFieldName(choice.fullName());
            preset(choice.value());
            out.writeEndObject();
        } else {
            out.writeNull();
        }
    }

    private void presets(Map<String, Preset> values) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Preset> entry : values.entrySet()) {
            out.writeFieldName(entry.getKey());
            preset(entry.getValue());
        }
        out.writeEndObject();
    }

    /** The column of a text. */
    static Member parse(String text) {
        try {
            return member(MAPPER.readTree(text));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("not the text of a table's schema", e);
        }
    }

    private static Member member(JsonNode node) {
        return new Member(
                required(node, "name").textValue(),
                type(required(node, "type")),
                required(node, "optional").booleanValue());
    }

    private static JsonNode required(JsonNode node, String name) {
        JsonNode found = node.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return found;
    }

    private static ColumnType type(JsonNode node) {
        if (node.isTextual()) {
            return scalar(node.textValue());
        }
        if (node.has("struct")) {
            List<Member> members = new ArrayList<>();
            required(node, "struct").forEach(member -> members.add(member(member)));
            return new ColumnType.Struct(members);
        }
        return node.has("list")
                ? new ColumnType.ListOf(member(required(node, "list")))
                : new ColumnType.MapOf(scalar(required(node, "key").textValue()), member(required(node, "map")));
    }

    private static Scalar scalar(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return Scalar.of(ScalarKind.valueOf(text));
        }
        ScalarKind kind = ScalarKind.valueOf(text.substring(0, open));
        String[] numbers = text.substring(open + 1, text.length() - 1).split(",", -1);
        return new Scalar(kind, Integer.parseInt(numbers[0]), numbers.length == 1 ? 0 : Integer.parseInt(numbers[1]));
    }
}
