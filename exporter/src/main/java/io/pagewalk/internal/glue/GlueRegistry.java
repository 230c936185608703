package io.pagewalk.internal.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.RegisteredVersion;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.internal.schema.registry.SubjectVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * AWS Glue's registry. It has no subjects: a schema's name, with that of its registry before it, stands for one. Safe for use by any number of
 * threads.
 */
public final class GlueRegistry implements SchemaRegistry {
    /** How what names this registry begins; the region follows. */
    public static final String PREFIX = "glue:";

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");
    private static final String ENDPOINT = "endpoint";
    private static final String REGISTRY = "registry.name";
    private static final String DEFAULT_REGISTRY = "default-registry";
    private static final String ARN_OF_SCHEMA = ":schema/";
    private static final int PAGE = 100;

    private final GlueHttp http;
    private final String registry;

    private GlueRegistry(GlueHttp http, String registry) {
        this.http = http;
        this.registry = registry;
    }

    /**
     * The registry of a region.
     *
     * @param name {@link #PREFIX} and the region
     * @param settings {@code endpoint}, where it is not where Amazon has it, and {@code registry.name}, which is meant where a schema's name
     *     says none; the names are those of Amazon's serializers
     * @throws UsageException if it cannot be
     */
    public static GlueRegistry of(
            String name, Map<String, String> settings, Duration retryTimeout, BooleanSupplier stopped) {
        return of(name, settings, DefaultCredentialsProvider.builder().build(), retryTimeout, stopped);
    }

    static GlueRegistry of(
            String name,
            Map<String, String> settings,
            AwsCredentialsProvider credentials,
            Duration retryTimeout,
            BooleanSupplier stopped) {
        String region = name.substring(PREFIX.length());
        if (!REGION.matcher(region).matches()) {
            throw new UsageException("the schema registry " + name + " names no region of AWS, such as glue:eu-west-1");
        }
        for (String setting : settings.keySet()) {
            if (!setting.equals(ENDPOINT) && !setting.equals(REGISTRY)) {
                throw new UsageException(
                        "the setting " + setting + " is none of AWS Glue's: " + ENDPOINT + ", " + REGISTRY,
                        Advice.CHANGE_REGISTRY_SETTINGS);
            }
        }
        URI endpoint = endpoint(settings.getOrDefault(ENDPOINT, "https://glue." + region + ".amazonaws.com/"));
        return new GlueRegistry(
                new GlueHttp(endpoint, region, credentials, retryTimeout, stopped),
                settings.getOrDefault(REGISTRY, DEFAULT_REGISTRY));
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text.strip());
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri.getPath().isEmpty() ? uri.resolve("/") : uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new UsageException(
                "the setting " + ENDPOINT + " of the schema registry is no URL of AWS Glue",
                Advice.CHANGE_REGISTRY_SETTINGS);
    }

    @Override
    public SchemaAnswer find(SchemaKey key) {
        if (!(key instanceof SchemaKey.GlueVersion version)) {
            throw new UsageException(
                    "schema " + key.text() + " is none of AWS Glue: name the registry that has it",
                    Advice.CHANGE_REGISTRY_SETTINGS);
        }
        JsonNode answer = ask(version);
        return answer == null ? new SchemaAnswer.Unknown("schema " + key.text()) : schema(answer);
    }

    private @Nullable JsonNode ask(SchemaKey.GlueVersion version) {
        ObjectNode request =
                GlueHttp.object().put("SchemaVersionId", version.version().toString());
        return http.ask("schema " + version.text(), "GetSchemaVersion", request);
    }

    private SchemaAnswer schema(JsonNode answer) {
        Optional<SchemaKind> kind = SchemaKind.ofRegistry(text(answer, "DataFormat"));
        if (kind.isEmpty()) {
            return new SchemaAnswer.Unusable("the schema is of a kind that is not known");
        }
        try {
            return new SchemaAnswer.Found(RegisteredSchema.of(kind.get(), text(answer, "SchemaDefinition")));
        } catch (RegisteredSchema.UnboundedSchemaException e) {
            return new SchemaAnswer.Unusable(String.valueOf(e.getMessage()));
        }
    }

    private String text(JsonNode answer, String member) {
        JsonNode text = answer.path(member);
        if (!text.isTextual()) {
            throw new UsageException("the answer of the schema registry " + http + " has no " + member);
        }
        return text.textValue();
    }

    @Override
    public String contextName() {
        return "";
    }

    @Override
    public FrameKind usualFrame() {
        return FrameKind.GLUE;
    }

    /** None: which schema a topic's records are of, only they say. */
    @Override
    public Optional<String> usualSubject(String topic, String column) {
        return Optional.empty();
    }

    @Override
    public List<SubjectVersion> subjectsOf(SchemaKey key) {
        JsonNode answer = key instanceof SchemaKey.GlueVersion version ? ask(version) : null;
        return answer == null
                ? List.of()
                : List.of(new SubjectVersion(
                        subject(text(answer, "SchemaArn")),
                        answer.path("VersionNumber").intValue()));
    }

    /** {@code registry/name} of {@code arn:aws:glue:eu-west-1:123456789012:schema/registry/name}. */
    private String subject(String arn) {
        int at = arn.indexOf(ARN_OF_SCHEMA);
        if (at < 0) {
            throw new UsageException("the answer of the schema registry " + http + " names no schema");
        }
        return arn.substring(at + ARN_OF_SCHEMA.length());
    }

    @Override
    public List<String> subjects() {
        Set<String> found = new TreeSet<>();
        pages(
                "schemas",
                "ListSchemas",
                GlueHttp.object(),
                schema -> found.add(text(schema, "RegistryName") + "/" + text(schema, "SchemaName")));
        return List.copyOf(found);
    }

    @Override
    public List<Integer> versions(String subject) {
        Set<Integer> found = new TreeSet<>();
        pages(
                "versions of schema " + subject,
                "ListSchemaVersions",
                named(subject),
                version -> found.add(version.path("VersionNumber").intValue()));
        return List.copyOf(found);
    }

    private void pages(String what, String operation, ObjectNode request, Consumer<JsonNode> each) {
        request.put("MaxResults", PAGE);
        String token = "";
        do {
            JsonNode answer = http.ask(what, operation, request);
            if (answer == null) {
                return;
            }
            answer.path("Schemas").forEach(each);
            token = answer.path("NextToken").asText("");
            request.put("NextToken", token);
        } while (!token.isEmpty());
    }

    @Override
    public @Nullable RegisteredVersion version(String subject, int version) {
        ObjectNode request = named(subject);
        request.putObject("SchemaVersionNumber").put("VersionNumber", version);
        JsonNode answer = http.ask("schema " + subject + " version " + version, "GetSchemaVersion", request);
        return answer == null
                ? null
                : new RegisteredVersion(
                        new SubjectVersion(subject, version),
                        new SchemaKey.GlueVersion(UUID.fromString(text(answer, "SchemaVersionId"))),
                        null,
                        schema(answer),
                        false);
    }

    private ObjectNode named(String subject) {
        int slash = subject.indexOf('/');
        ObjectNode request = GlueHttp.object();
        request.putObject("SchemaId")
                .put("RegistryName", slash < 0 ? registry : subject.substring(0, slash))
                .put("SchemaName", subject.substring(slash + 1));
        return request;
    }

    /** Where it is. */
    @Override
    public String toString() {
        return http.toString();
    }
}
