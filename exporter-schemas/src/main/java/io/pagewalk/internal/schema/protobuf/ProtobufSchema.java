package io.pagewalk.internal.schema.protobuf;

import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.CoreLoaderKt;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.MessageType;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.Type;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Protobuf schema: a file, linked with all that it imports. Whatever it has that no payload shows (services, options, extensions) is
 * left out; what cannot be read is refused: groups, editions, names that nothing has. Immutable, and safe for use by any number of
 * threads.
 */
public final class ProtobufSchema {
    private final ProtoFile root;
    private final Schema linked;

    private ProtobufSchema(ProtoFile root, Schema linked) {
        this.root = root;
        this.linked = linked;
    }

    /**
     * Parses and links a schema.
     *
     * @param name what its file is called, in messages
     * @param text what the file says
     * @param imports what other files say, by the names they are imported by; also those that are imported by these. Google's own types
     *     need not be among them. Of imports that are not there, nothing may be used but options.
     */
    public static ProtobufSchema parse(String name, String text, Map<String, String> imports)
            throws SchemaRefusedException {
        TreeSet<String> missing = new TreeSet<>();
        Map<String, ProtoFile> files = new LinkedHashMap<>();
        String rootName = imports.containsKey(name) ? "schema of " + name : name;
        try {
            add(files, rootName, text, imports, missing);
            for (Map.Entry<String, String> imported : imports.entrySet()) {
                add(files, imported.getKey(), imported.getValue(), imports, missing);
            }
            Schema linked = new Linker(CoreLoader.INSTANCE, new ErrorCollector(), true, true).link(files.values());
            ProtoFile root = linked.protoFile(rootName);
            if (root == null) {
                throw new IllegalStateException(rootName);
            }
            return new ProtobufSchema(root, linked);
        } catch (RuntimeException | StackOverflowError e) {
            String hint = missing.isEmpty() ? "" : "; these imports are not there: " + String.join(", ", missing);
            throw new SchemaRefusedException("Protobuf schema " + name + " cannot be used: " + oneLine(e) + hint);
        }
    }

    static String oneLine(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.replaceAll("\\s+", " ").trim();
    }

    private static void add(
            Map<String, ProtoFile> files,
            String name,
            String text,
            Map<String, String> imports,
            SortedSet<String> missing)
            throws SchemaRefusedException {
        ProtoFileElement parsed = ProtoParser.Companion.parse(Location.get(name), text);
        ProtoFileElement plain = PlainProto.of(parsed, imported -> {
            boolean known = imports.containsKey(imported) || CoreLoaderKt.isWireRuntimeProto(imported);
            if (!known) {
                missing.add(imported);
            }
            return known;
        });
        files.put(name, ProtoFile.Companion.get(plain));
    }

    /** The first message of the file. */
    public ProtobufMessage first() throws SchemaRefusedException {
        return at(0);
    }

    /**
     * The message at a path: its number among the messages of the file, then that of one nested in it, and so on, each counted from 0.
     *
     * @throws SchemaRefusedException if there is none
     */
    public ProtobufMessage at(int... path) throws SchemaRefusedException {
        List<? extends Type> types = root.getTypes();
        MessageType found = null;
        for (int index : path) {
            List<MessageType> messages = messages(types);
            if (index < 0 || index >= messages.size()) {
                throw new SchemaRefusedException("Protobuf schema has no message number " + index
                        + (found == null ? "" : " in message " + found.getType()));
            }
            found = messages.get(index);
            types = found.getNestedTypes();
        }
        if (found == null) {
            throw new SchemaRefusedException("the path to a message of a Protobuf schema is empty");
        }
        return message(found);
    }

    /**
     * The message of a name: with its package, or, where no two messages of the file are called so, without.
     *
     * @throws SchemaRefusedException if there is none
     */
    public ProtobufMessage named(String name) throws SchemaRefusedException {
        if (linked.getType(name) instanceof MessageType exact) {
            return message(exact);
        }
        List<MessageType> called = new ArrayList<>();
        for (Type type : root.typesAndNestedTypes()) {
            String fullName = type.getType().toString();
            if (type instanceof MessageType message && (fullName.equals(name) || fullName.endsWith("." + name))) {
                called.add(message);
            }
        }
        if (called.size() != 1) {
            throw new SchemaRefusedException(
                    "Protobuf schema has " + (called.isEmpty() ? "no message " : "several messages ") + name);
        }
        return message(called.get(0));
    }

    private ProtobufMessage message(MessageType type) throws SchemaRefusedException {
        return new ProtobufMessage(new MessageModels(linked).of(type.getType()));
    }

    private static List<MessageType> messages(List<? extends Type> types) {
        List<MessageType> messages = new ArrayList<>();
        for (Type type : types) {
            if (type instanceof MessageType message) {
                messages.add(message);
            }
        }
        return messages;
    }

    /** As linked by Wire. */
    Schema linked() {
        return linked;
    }
}
