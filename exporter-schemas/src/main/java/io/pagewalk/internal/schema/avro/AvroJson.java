package io.pagewalk.internal.schema.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.row.RowEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Values of types that are within themselves, as JSON: objects as they are nested, and all else as it is in JSON lines. Of a union of
 * several types the value is an object with the type's name.
 */
final class AvroJson {
    /** More than a payload may have. */
    private static final int MOST_LEVELS = 10_000;

    /** Numbers come out alike on all JVMs. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .build())
            .build();

    private final AvroInput in;
    private final JsonGenerator out;
    private final byte[] text = new byte[AvroTexts.UUID_LENGTH];

    private AvroJson(AvroInput in, JsonGenerator out) {
        this.in = in;
        this.out = out;
    }

    /** A node whose column holds JSON. */
    static final class Node extends AvroNode {
        private final Schema schema;
        private final LeafWriter writer;

        Node(Schema schema, LeafWriter writer) {
            this.schema = schema;
            this.writer = writer;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            Bounded bytes = new Bounded(in.mostMade());
            try {
                // Not closed where it fails: it would complete the text.
                JsonGenerator out = FACTORY.createGenerator(bytes);
                new AvroJson(in, out).write(schema);
                out.close();
            } catch (TooLongException e) {
                throw new BadPayloadException(AvroInput.TOO_MUCH);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] made = bytes.toByteArray();
            writer.made(into, repetition, made, 0, made.length);
        }
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Bounded extends ByteArrayOutputStream {
        private final long most;

        Bounded(long most) {
            this.most = most;
        }

        @Override
        public synchronized void write(byte[] source, int offset, int length) {
            if (count + (long) length > most) {
                throw new TooLongException();
            }
            super.write(source, offset, length);
        }
    }

    private void write(Schema schema) throws IOException, BadPayloadException {
        switch (schema.getType()) {
            case NULL -> out.writeNull();
            case BOOLEAN -> out.writeBoolean(in.readBoolean());
            case INT -> whole(schema, in.readInt());
            case LONG -> whole(schema, in.readLong());
            case FLOAT -> out.writeNumber(Float.intBitsToFloat(in.readFloat()));
            case DOUBLE -> out.writeNumber(Double.longBitsToDouble(in.readDouble()));
            case STRING -> {
                int length = in.length();
                out.writeUTF8String(in.array(), in.takeText(length), length);
            }
            case ENUM ->
                out.writeString(schema.getEnumSymbols()
                        .get(in.index(schema.getEnumSymbols().size())));
            case BYTES -> {
                int length = in.length();
                bytes(schema, in.take(length), length);
            }
            case FIXED -> bytes(schema, in.take(schema.getFixedSize()), schema.getFixedSize());
            case UNION -> union(schema);
            case RECORD -> {
                in.enter();
                out.writeStartObject();
                for (Schema.Field field : schema.getFields()) {
                    out.writeFieldName(field.name());
                    write(field.schema());
                }
                out.writeEndObject();
                in.leave();
            }
            case ARRAY -> {
                in.enter();
                array(schema.getElementType());
                in.leave();
            }
            case MAP -> {
                in.enter();
                map(schema);
                in.leave();
            }
            default -> throw new IllegalStateException(schema.getType().toString());
        }
    }

    private void union(Schema schema) throws IOException, BadPayloadException {
        Schema type = schema.getTypes().get(in.index(schema.getTypes().size()));
        if (type.getType() == Schema.Type.NULL || AvroUnions.some(schema).size() == 1) {
            write(type);
            return;
        }
        out.writeStartObject();
        out.writeFieldName(shortName(schema, type));
        write(type);
        out.writeEndObject();
    }

    private static String shortName(Schema union, Schema type) {
        long alike = union.getTypes().stream()
                .filter(other -> other.getName().equalsIgnoreCase(type.getName()))
                .count();
        return alike > 1 ? type.getFullName() : type.getName();
    }

    private void array(Schema element) throws IOException, BadPayloadException {
        int least = AvroSkip.leastBytes(element);
        out.writeStartArray();
        for (long items = in.block(least); items != 0; items = in.block(least)) {
            for (; items > 0; items--) {
                write(element);
            }
        }
        out.writeEndArray();
    }

    private void map(Schema schema) throws IOException, BadPayloadException {
        MapKeys keys = in.keys();
        int mark = keys.mark();
        AvroContainers.lookThrough(in, schema, keys, mark);
        int index = mark;
        out.writeStartObject();
        for (long items = in.block(1); items != 0; items = in.block(1)) {
            for (; items > 0; items--) {
                int length = in.length();
                int key = in.takeText(length);
                if (keys.isKept(index++)) {
                    out.writeFieldName(new String(in.array(), key, length, StandardCharsets.UTF_8));
                    write(schema.getValueType());
                } else {
                    AvroSkip.skip(schema.getValueType(), in);
                }
            }
        }
        out.writeEndObject();
        keys.release(mark);
    }

    private void whole(Schema schema, long value) throws IOException, BadPayloadException {
        LogicalType logical = schema.getLogicalType();
        String name = logical == null ? "" : logical.getName();
        switch (name) {
            case "date" -> out.writeString(LocalDate.ofEpochDay(value).toString());
            case "time-millis", "time-micros" -> {
                int length = AvroTexts.time(value, name.equals("time-millis"), text);
                if (length < 0) {
                    throw new BadPayloadException("a day has no such time");
                }
                out.writeString(new String(text, 0, length, StandardCharsets.US_ASCII));
            }
            case "timestamp-millis", "local-timestamp-millis" -> time(value, 3, name);
            case "timestamp-micros", "local-timestamp-micros" -> time(value, 6, name);
            case "timestamp-nanos", "local-timestamp-nanos" -> time(value, 9, name);
            default -> out.writeNumber(value);
        }
    }

    private void time(long value, int digits, String name) throws IOException {
        long perSecond = BigInteger.TEN.pow(digits).longValue();
        int nanos = (int) (Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
        String pattern = "uuuu-MM-dd'T'HH:mm:ss." + "S".repeat(digits);
        String written = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
        out.writeString(name.startsWith("local-") ? written : written + "Z");
    }

    private void bytes(Schema schema, int offset, int length) throws IOException, BadPayloadException {
        LogicalType logical = schema.getLogicalType();
        String name = logical == null ? "" : logical.getName();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            ascii(AvroTexts.decimal(in.array(), offset, length, decimal.getScale()));
        } else if (name.equals("big-decimal")) {
            ascii(AvroTexts.bigDecimal(in.array(), offset, length));
        } else if (name.equals("uuid")) {
            AvroTexts.uuid(in.array(), offset, text);
            ascii(text);
        } else if (AvroTypes.isDuration(schema)) {
            in.back(offset);
            out.writeStartObject();
            for (String part : AvroTypes.DURATION) {
                out.writeNumberField(part, Integer.toUnsignedLong(in.readFloat()));
            }
            out.writeEndObject();
        } else {
            out.writeBinary(in.array(), offset, length);
        }
    }

    private void ascii(byte[] made) throws IOException {
        out.writeString(new String(made, StandardCharsets.US_ASCII));
    }
}
