package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.avro.AvroDecoder;
import io.pagewalk.internal.schema.avro.AvroSchema;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.json.JsonSchema;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.internal.schema.protobuf.ProtobufMessage;
import io.pagewalk.internal.schema.protobuf.ProtobufSchema;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema whose text was understood. Immutable, and safe for use by any number of threads. */
interface ParsedSchema {
    /** What values are. */
    SourceType type();

    /** What is lost of it, whatever other versions say. The paths begin with a dot, below the column. */
    List<TableNotice> notices();

    /** A reader of payloads that are bound like that. */
    VersionReader reader(Binding binding);

    /** Whether a frame is of the schema's message that columns are made of. */
    boolean isOf(Frame frame);

    /**
     * Understands a schema.
     *
     * @param label what messages call it
     * @param message which message of a Protobuf schema payloads are; empty for its first one
     * @throws SchemaRefusedException if it is none, or nothing that a column can be made of
     */
    static ParsedSchema parse(RegisteredSchema schema, String label, String message) throws SchemaRefusedException {
        return switch (schema.kind()) {
            case AVRO -> new Avro(AvroSchema.parse(schema.text(), textsBelow(schema)));
            case PROTOBUF -> {
                ProtobufSchema file = ProtobufSchema.parse(label, schema.text(), namesBelow(schema));
                yield new Protobuf(file, message.isEmpty() ? file.first() : file.named(message));
            }
            case JSON_SCHEMA -> new Json(JsonSchema.parse(label, schema.text(), namesBelow(schema)));
        };
    }

    private static List<String> textsBelow(RegisteredSchema schema) {
        List<RegisteredSchema> all = schema.all();
        return all.subList(0, all.size() - 1).stream()
                .map(RegisteredSchema::text)
                .toList();
    }

    private static Map<String, String> namesBelow(RegisteredSchema schema) {
        Map<String, String> names = new LinkedHashMap<>();
        addBelow(schema, names);
        return names;
    }

    private static void addBelow(RegisteredSchema schema, Map<String, String> names) {
        for (RegisteredSchema.Named reference : schema.references()) {
            if (names.putIfAbsent(reference.name(), reference.schema().text()) == null) {
                addBelow(reference.schema(), names);
            }
        }
    }

    /**
     * One of Avro.
     *
     * @param schema as Avro has it
     */
    record Avro(AvroSchema schema) implements ParsedSchema {
        @Override
        public SourceType type() {
            return schema.type();
        }

        @Override
        public List<TableNotice> notices() {
            return schema.notices();
        }

        @Override
        public VersionReader reader(Binding binding) {
            return AvroDecoder.of(schema, binding)::decode;
        }

        @Override
        public boolean isOf(Frame frame) {
            return true;
        }
    }

    /**
     * One of Protobuf.
     *
     * @param file with all its messages
     * @param message the one that payloads are
     */
    record Protobuf(ProtobufSchema file, ProtobufMessage message) implements ParsedSchema {
        @Override
        public SourceType type() {
            return message.type();
        }

        @Override
        public List<TableNotice> notices() {
            return List.of();
        }

        @Override
        public VersionReader reader(Binding binding) {
            return message.decoder(binding)::decode;
        }

        @Override
        public boolean isOf(Frame frame) {
            String name = frame.messageName();
            try {
                if (name != null) {
                    return file.named(name).name().equals(message.name());
                }
                int[] path = new int[frame.messageDepth()];
                for (int i = 0; i < path.length; i++) {
                    path[i] = frame.messageIndex(i);
                }
                return path.length == 0 || file.at(path).name().equals(message.name());
            } catch (SchemaRefusedException e) {
                return false;
            }
        }
    }

    /**
     * A JSON Schema.
     *
     * @param schema as it was read
     */
    record Json(JsonSchema schema) implements ParsedSchema {
        @Override
        public SourceType type() {
            return schema.type();
        }

        @Override
        public List<TableNotice> notices() {
            return List.of();
        }

        @Override
        public VersionReader reader(Binding binding) {
            return schema.decoder(binding)::decode;
        }

        @Override
        public boolean isOf(Frame frame) {
            return true;
        }
    }
}
