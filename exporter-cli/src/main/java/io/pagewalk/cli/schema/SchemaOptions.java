package io.pagewalk.cli.schema;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.LocalPaths;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.schema.SchemaFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which schemas payloads have, and who knows them. */
@Command(optionListHeading = "Schemas")
public final class SchemaOptions extends RegistryOptions {
    private static final String FILE = "file:";

    @Option(
            names = "--key-schema",
            paramLabel = "SCHEMA",
            defaultValue = SchemaChoice.ALL,
            description = "Like --value-schema, for keys.")
    private String keySchema = SchemaChoice.ALL;

    @Option(
            names = "--value-schema",
            paramLabel = "SCHEMA",
            defaultValue = SchemaChoice.ALL,
            description = "Of which versions columns are made: all, latest or version:N; or file:FILE for payloads"
                    + " without frames, all of that one schema (default: ${DEFAULT-VALUE}).")
    private String valueSchema = SchemaChoice.ALL;

    @Option(names = "--key-subject", paramLabel = "SUBJECT", description = "Like --value-subject, for keys.")
    private List<String> keySubjects = new ArrayList<>();

    @Option(
            names = "--value-subject",
            paramLabel = "SUBJECT",
            description = "A subject of the registry whose schemas values have; may be repeated, and have a * (default:"
                    + " TOPIC-value, and those that sampled records name).")
    private List<String> valueSubjects = new ArrayList<>();

    @Option(names = "--key-message", paramLabel = "NAME", description = "Like --value-message, for keys.")
    private List<String> keyMessages = new ArrayList<>();

    @Option(
            names = "--value-message",
            paramLabel = "NAME",
            description =
                    "Which message of a Protobuf schema values are; repeated, a struct with a member for each (default:"
                            + " those of sampled records, or its first one).")
    private List<String> valueMessages = new ArrayList<>();

    @Option(
            names = "--on-unknown-field",
            paramLabel = "WHAT",
            defaultValue = "drop",
            description =
                    "What becomes of fields that a record's Protobuf schema does not have: drop, or bad: the record is"
                            + " one that does not fit (default: ${DEFAULT-VALUE}).")
    private UnknownFields unknownFields = UnknownFields.DROP;

    /** What becomes of fields that schemas do not have. */
    public enum UnknownFields {
        DROP,
        BAD
    }

    /** Checks what is asked for of neither keys nor values alone. */
    public void requireFit(PayloadChoice keys, PayloadChoice values) {
        if (keys.ofSchemas() != null || values.ofSchemas() != null) {
            return;
        }
        // What auto finds is of the context that the address names.
        if (!context().isEmpty()) {
            throw new UsageException(
                    "--registry-context is of payloads with schemas: give --key-format or --value-format,"
                            + " such as registry");
        }
        if (unknownFields == UnknownFields.BAD) {
            throw new UsageException(
                    "--on-unknown-field bad is of payloads with schemas: give --key-format or --value-format,"
                            + " such as protobuf");
        }
    }

    /** What is asked for of keys; null if they have no schemas. */
    public @Nullable SchemaChoice keys(PayloadChoice format) {
        return choice("key", format, keySchema, keySubjects, keyMessages);
    }

    /** What is asked for of values; null if they have no schemas. */
    public @Nullable SchemaChoice values(PayloadChoice format) {
        return choice("value", format, valueSchema, valueSubjects, valueMessages);
    }

    private @Nullable SchemaChoice choice(
            String part, PayloadChoice format, String schema, List<String> subjects, List<String> messages) {
        String message = String.join(",", messages);
        boolean refusesUnknown = unknownFields == UnknownFields.BAD;
        String kind = format.ofSchemas();
        if (kind == null) {
            if (!schema.equals(SchemaChoice.ALL) || !subjects.isEmpty() || !message.isEmpty()) {
                throw new UsageException("--" + part + "-schema, --" + part + "-subject and --" + part
                        + "-message are of payloads with schemas: give --" + part + "-format, such as avro");
            }
            return null;
        }
        if (!schema.startsWith(FILE)) {
            requireVersion(part, schema);
            return new SchemaChoice(kind, schema, subjects, message, refusesUnknown, context(), null);
        }
        if (kind.equals(SchemaChoice.REGISTRY) || !subjects.isEmpty()) {
            throw new UsageException("--" + part + "-schema file:FILE goes with --" + part
                    + "-format avro, protobuf or json-schema, and with no --" + part + "-subject");
        }
        Path path = LocalPaths.parse(schema.substring(FILE.length()));
        return new SchemaChoice(
                kind, SchemaChoice.ALL, List.of(), message, refusesUnknown, "", SchemaFile.read(kind, path));
    }

    private static void requireVersion(String part, String schema) {
        if (!schema.equals(SchemaChoice.ALL)
                && !schema.equals(SchemaChoice.LATEST)
                && !schema.matches("version:[1-9][0-9]{0,8}")) {
            throw new UsageException(
                    "--" + part + "-schema '" + schema + "' is none of all, latest, version:N and file:FILE");
        }
    }
}
