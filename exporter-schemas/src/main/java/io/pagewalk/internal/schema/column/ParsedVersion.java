package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.avro.AvroSchema;
import io.pagewalk.internal.schema.frame.Frame;
import io.pagewalk.internal.schema.json.JsonSchema;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.TableNotice;
import io.pagewalk.internal.schema.protobuf.ProtobufSchema;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schema whose text was understood: of each message that payloads may be, what it is, by the message's number in {@link MessageChoice#names};
 * of kinds of schemas without messages the only one. Immutable, and safe for use by any number of threads.
 *
 * @param messages those of them that it has, at least one
 */
public record ParsedVersion(SortedMap<Integer, ParsedSchema> messages) {
    /** Keeps a copy. */
    public ParsedVersion {
        messages = Collections.unmodifiableSortedMap(new TreeMap<>(messages));
    }

    /** The only one. */
    private static ParsedVersion of(ParsedSchema schema) {
        return new ParsedVersion(new TreeMap<>(Map.of(0, schema)));
    }

    /**
     * Understands a schema.
     *
     * @param label what messages for people call it
     * @throws SchemaRefusedException if it is none, or nothing that a column can be made of
     */
    static ParsedVersion parse(RegisteredSchema schema, String label, MessageChoice choice)
            throws SchemaRefusedException {
        return switch (schema.kind()) {
            case AVRO -> of(new ParsedSchema.Avro(AvroSchema.parse(schema.text(), textsBelow(schema))));
            case PROTOBUF -> ofMessages(file(schema, label), choice);
            case JSON_SCHEMA -> of(new ParsedSchema.Json(JsonSchema.parse(label, schema.text(), namesBelow(schema))));
        };
    }

    /**
     * Understands a schema for one kind of payloads.
     *
     * @param label what messages for people call it
     * @param message which message of a Protobuf schema payloads are; empty for its first one
     * @throws SchemaRefusedException if it is none, or nothing that a column can be made of
     */
    public static ParsedSchema one(RegisteredSchema schema, String label, String message)
            throws SchemaRefusedException {
        return parse(schema, label, MessageChoice.of(message, false))
                .messages()
                .values()
                .iterator()
                .next();
    }

    /** Likewise, of the message that a frame names, if it names one. */
    public static ParsedSchema one(RegisteredSchema schema, String label, String message, Frame frame)
            throws SchemaRefusedException {
        boolean named = frame.messageName() != null || frame.messageDepth() > 0;
        if (schema.kind() != SchemaKind.PROTOBUF || !named) {
            return one(schema, label, message);
        }
        ProtobufSchema file = file(schema, label);
        return new ParsedSchema.Protobuf(file, ParsedSchema.Protobuf.named(file, frame), false);
    }

    /** The file of a Protobuf schema. */
    static ProtobufSchema file(RegisteredSchema schema, String label) throws SchemaRefusedException {
        return ProtobufSchema.parse(label, schema.text(), namesBelow(schema));
    }

    /** A version may lack some of the messages, but not all. */
    private static ParsedVersion ofMessages(ProtobufSchema file, MessageChoice choice) throws SchemaRefusedException {
        SortedMap<Integer, ParsedSchema> messages = new TreeMap<>();
        SchemaRefusedException refused = null;
        for (int i = 0; i < choice.names().size(); i++) {
            String name = choice.names().get(i);
            try {
                messages.put(
                        i,
                        new ParsedSchema.Protobuf(
                                file, name.isEmpty() ? file.first() : file.named(name), choice.refusesUnknown()));
            } catch (SchemaRefusedException e) {
                refused = e;
            }
        }
        if (messages.isEmpty() && refused != null) {
            throw refused;
        }
        return new ParsedVersion(messages);
    }

    /** The number of the message that a frame is of. */
    Optional<Integer> messageOf(Frame frame) {
        return messages.entrySet().stream()
                .filter(message -> message.getValue().isOf(frame))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What is lost of it, whatever other versions say. The paths begin with a dot, below the column. */
    List<TableNotice> notices() {
        return messages.values().stream()
                .flatMap(schema -> schema.notices().stream())
                .toList();
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
}
