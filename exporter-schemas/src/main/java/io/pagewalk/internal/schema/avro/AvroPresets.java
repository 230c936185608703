package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.Preset;
import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The defaults of fields. One that is no value of its field's type counts as none. */
final class AvroPresets {
    private AvroPresets() {}

    static @Nullable Preset of(Schema.Field field, SourceType type) {
        if (!field.hasDefaultValue()) {
            return null;
        }
        Preset preset = preset(defaultOf(field), field.schema(), type);
        return preset instanceof Preset.Null ? null : preset;
    }

    private static @Nullable Object defaultOf(Schema.Field field) {
        try {
            return field.defaultVal();
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Null if it is none. */
    private static @Nullable Preset preset(@Nullable Object value, Schema schema, SourceType type) {
        if (value == JsonProperties.NULL_VALUE) {
            return AvroUnions.isNullable(schema) ? new Preset.Null() : null;
        }
        List<Schema> some = AvroUnions.some(schema);
        if (value == null || some.isEmpty()) {
            return null;
        }
        if (!(type instanceof SourceType.Choice choice)) {
            return single(value, some.get(0), type);
        }
        for (int index = 0; index < some.size(); index++) {
            SourceType.Branch branch = choice.branches().get(index);
            Preset found = single(value, some.get(index), branch.type());
            if (found != null) {
                return new Preset.Choice(branch.fullName(), found);
            }
        }
        return null;
    }

    private static @Nullable Preset single(Object value, Schema schema, SourceType type) {
        if (type instanceof SourceType.Group group && schema.getType() == Schema.Type.RECORD) {
            return value instanceof Map<?, ?> fields ? record(fields, schema, group) : null;
        }
        if (type instanceof SourceType.Many many) {
            return value instanceof List<?> elements ? list(elements, schema.getElementType(), many) : null;
        }
        if (type instanceof SourceType.Entries entries) {
            return value instanceof Map<?, ?> values ? map(values, schema.getValueType(), entries) : null;
        }
        return type instanceof SourceType.Value scalar ? scalar(value, schema, scalar.type()) : null;
    }

    private static @Nullable Preset record(Map<?, ?> values, Schema schema, SourceType.Group group) {
        Map<String, Preset> presets = new LinkedHashMap<>();
        for (int index = 0; index < group.fields().size(); index++) {
            Schema.Field field = schema.getFields().get(index);
            SourceField source = group.fields().get(index);
            Object value = values.containsKey(field.name())
                    ? values.get(field.name())
                    : field.hasDefaultValue() ? defaultOf(field) : null;
            Preset preset = preset(value, field.schema(), source.type());
            if (preset == null) {
                return null;
            }
            presets.put(field.name(), preset);
        }
        return new Preset.Group(presets);
    }

    private static @Nullable Preset list(List<?> values, Schema schema, SourceType.Many many) {
        List<Preset> presets = new ArrayList<>();
        for (Object value : values) {
            Preset preset = preset(value, schema, many.element());
            if (preset == null) {
                return null;
            }
            presets.add(preset);
        }
        return new Preset.Many(presets);
    }

    private static @Nullable Preset map(Map<?, ?> values, Schema schema, SourceType.Entries entries) {
        Map<String, Preset> presets = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            Preset preset = preset(entry.getValue(), schema, entries.value());
            if (preset == null) {
                return null;
            }
            presets.put(String.valueOf(entry.getKey()), preset);
        }
        return new Preset.Entries(presets);
    }

    private static @Nullable Preset scalar(Object value, Schema schema, Scalar type) {
        if (value instanceof Boolean flag && schema.getType() == Schema.Type.BOOLEAN) {
            return new Preset.Number(flag ? 1 : 0);
        }
        if (value instanceof Number number) {
            return number(number, schema, type.kind());
        }
        if (value instanceof String text
                && (schema.getType() == Schema.Type.STRING
                        || (schema.getType() == Schema.Type.ENUM && schema.hasEnumSymbol(text)))) {
            return new Preset.Bytes(text.getBytes(StandardCharsets.UTF_8));
        }
        if (!(value instanceof byte[] bytes)) {
            return null;
        }
        return switch (schema.getType()) {
            case BYTES -> bytes(bytes, schema, type);
            case FIXED -> bytes.length == schema.getFixedSize() ? bytes(bytes, schema, type) : null;
            default -> null;
        };
    }

    private static @Nullable Preset number(Number value, Schema schema, ScalarKind kind) {
        return switch (schema.getType()) {
            case INT, LONG -> whole(value, schema, kind);
            case FLOAT -> new Preset.Number(Float.floatToRawIntBits(value.floatValue()));
            case DOUBLE -> new Preset.Number(Double.doubleToRawLongBits(value.doubleValue()));
            default -> null;
        };
    }

    private static @Nullable Preset whole(Number value, Schema schema, ScalarKind kind) {
        if (!(value instanceof Integer || value instanceof Long)) {
            return null;
        }
        long number = value.longValue();
        boolean isInt = schema.getType() == Schema.Type.INT;
        if (isInt && number != (int) number) {
            return null;
        }
        if (kind != ScalarKind.STRING) {
            return new Preset.Number(number);
        }
        byte[] text = new byte[AvroTexts.TIME_LENGTH];
        int length = AvroTexts.time(number, isInt, text);
        return length < 0 ? null : new Preset.Bytes(Arrays.copyOf(text, length));
    }

    private static @Nullable Preset bytes(byte[] value, Schema schema, Scalar type) {
        return switch (type.kind()) {
            case BYTES, FIXED -> new Preset.Bytes(value);
            case DECIMAL -> value.length == 0 ? null : decimal(new BigInteger(value), type);
            default -> text(value, schema);
        };
    }

    private static @Nullable Preset decimal(BigInteger unscaled, Scalar type) {
        if (!type.isNumber()) {
            return new Preset.Bytes(unscaled.toByteArray());
        }
        return unscaled.bitLength() < Long.SIZE ? new Preset.Number(unscaled.longValue()) : null;
    }

    private static @Nullable Preset text(byte[] value, Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && value.length > 0) {
            BigDecimal number = new BigDecimal(new BigInteger(value), decimal.getScale());
            return new Preset.Bytes(number.toPlainString().getBytes(StandardCharsets.US_ASCII));
        }
        return null;
    }
}
