package io.pagewalk.schema;

import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.protobuf.ProtobufSource;
import io.pagewalk.payload.SchemaChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** A schema in a file, with all that it imports. */
public final class SchemaFile {
    private static final String PROTOBUF = "protobuf";

    private SchemaFile() {}

    /**
     * Reads a schema.
     *
     * @param kind {@code avro}, {@code protobuf} or {@code json-schema}
     * @param path the file; what a Protobuf schema imports is looked for in its directory
     * @throws UsageException if it cannot be read
     */
    public static SchemaChoice.File read(String kind, Path path) {
        try {
            if (kind.equals(PROTOBUF)) {
                ProtobufSource source = ProtobufSource.read(path);
                return new SchemaChoice.File(source.name(), source.text(), new TreeMap<>(source.imports()));
            }
            return new SchemaChoice.File(
                    String.valueOf(path.getFileName()),
                    Files.readString(path, StandardCharsets.UTF_8),
                    new TreeMap<>());
        } catch (IOException e) {
            throw new UsageException("cannot read the schema " + path + ": " + Reasons.describe(e), e);
        } catch (SchemaRefusedException e) {
            throw new UsageException("cannot use the schema " + path + ": " + e.getMessage(), e);
        }
    }
}
