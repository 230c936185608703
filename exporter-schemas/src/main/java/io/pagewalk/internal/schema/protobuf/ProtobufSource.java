package io.pagewalk.internal.schema.protobuf;

import com.squareup.wire.schema.CoreLoaderKt;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Protobuf schema is made of, as texts.
 *
 * @param name what its file is called
 * @param imports the texts of other files, by the names they are imported by
 */
public record ProtobufSource(String name, String text, Map<String, String> imports) {
    /**
     * A file, with all that it imports from below its directory. What is not there is left out: it is missed when the schema is
     * {@linkplain #schema() linked}, if it is needed.
     *
     * @throws SchemaRefusedException if one of the files does not parse
     * @throws IOException if one of them cannot be read
     */
    public static ProtobufSource read(Path file) throws IOException, SchemaRefusedException {
        Path absolute = file.toAbsolutePath();
        String name = String.valueOf(absolute.getFileName());
        String text = Files.readString(absolute);
        Map<String, String> imports = new TreeMap<>();
        Deque<ProtoFileElement> open = new ArrayDeque<>();
        open.add(parse(name, text));
        while (!open.isEmpty()) {
            ProtoFileElement next = open.remove();
            for (String imported : imports(next)) {
                Path place = place(absolute, imported);
                if (!imports.containsKey(imported) && Files.isRegularFile(place)) {
                    String importedText = Files.readString(place);
                    imports.put(imported, importedText);
                    open.add(parse(imported, importedText));
                }
            }
        }
        return new ProtobufSource(name, text, imports);
    }

    private static List<String> imports(ProtoFileElement file) {
        List<String> all = new ArrayList<>(file.getImports());
        all.addAll(file.getPublicImports());
        all.addAll(file.getWeakImports());
        all.removeIf(CoreLoaderKt::isWireRuntimeProto);
        return all;
    }

    private static Path place(Path file, String imported) throws SchemaRefusedException {
        try {
            return file.resolveSibling(imported);
        } catch (InvalidPathException e) {
            throw new SchemaRefusedException("Protobuf schema imports " + imported + ", which is no path");
        }
    }

    private static ProtoFileElement parse(String name, String text) throws SchemaRefusedException {
        try {
            return ProtoParser.Companion.parse(Location.get(name), text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new SchemaRefusedException(
                    "Protobuf schema " + name + " cannot be used: " + ProtobufSchema.oneLine(e));
        }
    }

    /** The schema. */
    public ProtobufSchema schema() throws SchemaRefusedException {
        return ProtobufSchema.parse(name, text, imports);
    }
}
