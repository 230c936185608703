package io.pagewalk.cli.schema;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.LocalPaths;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.schema.SchemaFile;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which schemas the payloads of a page have, and who knows them. Each is read by the one that it names itself: there are no versions here. */
@Command(optionListHeading = "Schemas")
public final class PageSchemaOptions extends RegistryOptions {
    private static final String FILE = "file:";
    /** What is the server's, where a server is asked. */
    private static final Set<String> OF_REGISTRY =
            Set.of("--schema-registry", "--schema-registry-config", "--registry-context");

    @Option(names = "--key-schema", paramLabel = "file:FILE", description = "Like --value-schema, for keys.")
    private @Nullable String keySchema;

    @Option(
            names = "--value-schema",
            paramLabel = "file:FILE",
            description = "The schema of values without frames: all are of that one.")
    private @Nullable String valueSchema;

    @Option(
            names = "--key-message",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Like --value-message, for keys.")
    private String keyMessage = "";

    @Option(
            names = "--value-message",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Which message of a Protobuf schema values are that do not say it (default: its first one).")
    private String valueMessage = "";

    /** As {@link io.pagewalk.cli.parse.SharedSettings#takes}. */
    public static boolean takes(String option, Predicate<String> isSet) {
        return !OF_REGISTRY.contains(option) || !isSet.test("--server");
    }

    /**
     * Checks that nothing is given that a server does not take.
     *
     * @throws UsageException if something is
     */
    public void requireNoneForServer() {
        if (areGiven()
                || keySchema != null
                || valueSchema != null
                || !keyMessage.isEmpty()
                || !valueMessage.isEmpty()) {
            throw new UsageException("with --server, schemas are the server's: give it the --schema-registry, and leave"
                    + " out --key-schema, --value-schema and the like");
        }
    }

    /** What keys are read by; null for no schema. */
    public @Nullable SchemaChoice keys(PayloadChoice format) {
        return choice("key", format, keySchema, keyMessage);
    }

    /** What values are read by; likewise. */
    public @Nullable SchemaChoice values(PayloadChoice format) {
        return choice("value", format, valueSchema, valueMessage);
    }

    private @Nullable SchemaChoice choice(String part, PayloadChoice format, @Nullable String schema, String message) {
        String kind = format.ofSchemas();
        if (schema == null) {
            if (kind == null && !message.isEmpty()) {
                throw new UsageException("--" + part + "-message is of payloads with schemas: give --" + part
                        + "-format protobuf or registry");
            }
            String asked = kind == null ? SchemaChoice.AUTO : kind;
            return format.format() == null
                    ? new SchemaChoice(asked, SchemaChoice.ALL, List.of(), message, false, context(), null)
                    : null;
        }
        if (!schema.startsWith(FILE)) {
            throw new UsageException("--" + part + "-schema '" + schema
                    + "' is no file:FILE; without it, payloads are read by the schemas that they name");
        }
        if (kind == null || kind.equals(SchemaChoice.REGISTRY)) {
            throw new UsageException(
                    "--" + part + "-schema file:FILE goes with --" + part + "-format avro, protobuf or json-schema");
        }
        return new SchemaChoice(
                kind,
                SchemaChoice.ALL,
                List.of(),
                message,
                false,
                "",
                SchemaFile.read(kind, LocalPaths.parse(schema.substring(FILE.length()))));
    }
}
