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
import java.util.List;

/** What payloads are that a schema is of, or one of its messages. Immutable, and safe for use by any number of threads. */
public interface ParsedSchema {
    /** What values are. */
    SourceType type();

    /** What it calls itself: a full name, or a JSON Schema's title; empty if it has none. */
    String name();

    /** What is lost of it, whatever other versions say. The paths begin with a dot, below the column. */
    List<TableNotice> notices();

    /** A reader of payloads that are bound like that. */
    VersionReader reader(Binding binding);

    /** Whether a frame is of the message. */
    boolean isOf(Frame frame);

    /**
     * One of Avro.
     *
     * @param schema as Avro has it
     */
    record Avro(AvroSchema schema) implements ParsedSchema {
        @Override
        public String name() {
            return schema.name();
        }

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
     * @param refusesUnknown whether fields are bad that it does not have
     */
    record Protobuf(ProtobufSchema file, ProtobufMessage message, boolean refusesUnknown) implements ParsedSchema {
        @Override
        public String name() {
            return message.name();
        }

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
            return message.decoder(binding, refusesUnknown)::decode;
        }

        @Override
        public boolean isOf(Frame frame) {
            try {
                return (frame.messageName() == null && frame.messageDepth() == 0)
                        || named(file, frame).name().equals(message.name());
            } catch (SchemaRefusedException e) {
                return false;
            }
        }

        /** The message that a frame names. */
        static ProtobufMessage named(ProtobufSchema file, Frame frame) throws SchemaRefusedException {
            String name = frame.messageName();
            if (name != null) {
                return file.named(name);
            }
            int[] path = new int[frame.messageDepth()];
            for (int i = 0; i < path.length; i++) {
                path[i] = frame.messageIndex(i);
            }
            return file.at(path);
        }
    }

    /**
     * A JSON Schema.
     *
     * @param schema as it was read
     */
    record Json(JsonSchema schema) implements ParsedSchema {
        @Override
        public String name() {
            return schema.title();
        }

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
