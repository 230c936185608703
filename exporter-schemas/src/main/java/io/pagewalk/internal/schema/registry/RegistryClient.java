package io.pagewalk.internal.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.FrameKind;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.References.Text;
import io.pagewalk.internal.schema.registry.http.RegistryHttp;
import io.pagewalk.internal.schema.registry.http.RegistryReply;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry that speaks Confluent's API, or Apicurio's own where keys are Apicurio's. Only reads. Every call waits for a registry that
 * does not answer for as long as the retry timeout, and may throw {@link UsageException} where it does not let in or is none, {@link
 * io.pagewalk.error.ExportFailedException} where it does not answer, and {@link io.pagewalk.error.StoppedException}. Safe for use by any
 * number of threads.
 */
public final class RegistryClient implements SchemaRegistry {
    /** Subject, version and schema not found. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private static final int LATEST = -1;

    private final RegistryHttp http;
    private final RegistryContext context;
    private final References<SubjectVersion> references;
    private final ApicurioLookup apicurio;

    /**
     * @param contextName which of the registry's contexts to ask; null for that of its URL, or else the default one
     * @param retryTimeout how long a registry that does not answer is waited for
     * @param stopped whether to stop, asked every now and then from any thread
     * @throws UsageException if the context cannot be
     */
    public RegistryClient(
            RegistrySettings settings, @Nullable String contextName, Duration retryTimeout, BooleanSupplier stopped) {
        http = new RegistryHttp(settings, retryTimeout, stopped);
        context = RegistryContext.of(contextName, settings.firstUrl());
        references = new References<>(this::referred);
        apicurio = new ApicurioLookup(http);
    }

    @Override
    public String contextName() {
        return context.name();
    }

    @Override
    public FrameKind usualFrame() {
        return FrameKind.CONFLUENT;
    }

    @Override
    public Optional<String> usualSubject(String topic, String column) {
        return Optional.of(topic + "-" + column);
    }

    @Override
    public SchemaAnswer find(SchemaKey key) {
        if (key instanceof SchemaKey.Id id) {
            return byId("schema id " + id.id(), "/schemas/ids/" + id.id() + ofContext("?"));
        }
        if (key instanceof SchemaKey.Guid guid) {
            return byGuid(guid);
        }
        if (key instanceof SchemaKey.GlueVersion) {
            throw new UsageException(
                    "schema " + key.text()
                            + " is one of AWS Glue, which this registry does not have: name glue:REGION, or a file with the schema");
        }
        return apicurio.find(key);
    }

    private SchemaAnswer byGuid(SchemaKey.Guid guid) {
        String what = "schema " + guid.text();
        RegistryReply reply = http.get(what, "/schemas/guids/" + guid.guid());
        if (reply.status() == 404 && !NOT_FOUND.contains(reply.errorCode())) {
            throw new UsageException(
                    what + ": " + http + " does not find schemas by GUID, as newer registries of Confluent do");
        }
        return answer(what, reply);
    }

    private SchemaAnswer byId(String what, String path) {
        return answer(what, http.get(what, path));
    }

    private SchemaAnswer answer(String what, RegistryReply reply) {
        return isUnknown(reply)
                ? new SchemaAnswer.Unknown(what)
                : references.schema(References.confluent(reply, reply.json()));
    }

    private String ofContext(String separator) {
        return context.subjectOfIds()
                .map(subject -> separator + "subject=" + UrlText.encoded(subject))
                .orElse("");
    }

    @Override
    public List<SubjectVersion> subjectsOf(SchemaKey key) {
        return key instanceof SchemaKey.Id id ? subjectsOf(id.id()) : List.of();
    }

    /** Where the schema of an id is registered, versions that were deleted included; sorted, and empty if the id is unknown. */
    List<SubjectVersion> subjectsOf(int id) {
        RegistryReply reply = http.get(
                "subjects of schema id " + id, "/schemas/ids/" + id + "/versions?deleted=true" + ofContext("&"));
        Set<SubjectVersion> found = new TreeSet<>();
        if (!isUnknown(reply)) {
            for (JsonNode each : array(reply)) {
                if (!each.path("subject").isTextual() || !each.path("version").canConvertToInt()) {
                    throw reply.without("subject");
                }
                int version = each.path("version").intValue();
                context.own(each.path("subject").textValue())
                        .ifPresent(subject -> found.add(new SubjectVersion(subject, version)));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public List<String> subjects() {
        String prefix = context.subjectOfIds()
                .map(subject -> "&subjectPrefix=" + UrlText.encoded(subject))
                .orElse("");
        RegistryReply reply = http.get("subjects", "/subjects?deleted=true" + prefix);
        if (reply.status() != 200) {
            throw reply.wrong();
        }
        Set<String> found = new TreeSet<>();
        for (JsonNode each : array(reply)) {
            if (!each.isTextual()) {
                throw reply.wrong();
            }
            context.own(each.textValue()).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    @Override
    public List<Integer> versions(String subject) {
        RegistryReply reply = http.get(
                "versions of subject " + subject,
                "/subjects/" + UrlText.encoded(context.qualified(subject)) + "/versions?deleted=true");
        Set<Integer> found = new TreeSet<>();
        if (!isUnknown(reply)) {
            for (JsonNode each : array(reply)) {
                if (!each.isIntegralNumber() || !each.canConvertToInt()) {
                    throw reply.wrong();
                }
                found.add(each.intValue());
            }
        }
        return List.copyOf(found);
    }

    @Override
    public @Nullable RegisteredVersion version(String subject, int version) {
        return version(subject, Integer.toString(version), "?deleted=true");
    }

    /** The newest version of a subject that was not deleted; null if there is none. */
    public @Nullable RegisteredVersion latest(String subject) {
        return version(subject, "latest", "");
    }

    private @Nullable RegisteredVersion version(String subject, String version, String parameters) {
        RegistryReply reply = ask(subject, version, parameters);
        if (isUnknown(reply)) {
            return null;
        }
        JsonNode answer = reply.json();
        if (!answer.path("id").isIntegralNumber() || !answer.path("id").canConvertToInt()) {
            throw reply.without("id");
        }
        if (!answer.path("version").canConvertToInt()) {
            throw reply.without("version");
        }
        return new RegisteredVersion(
                new SubjectVersion(subject, answer.path("version").intValue()),
                new SchemaKey.Id(answer.path("id").intValue()),
                guid(answer.path("guid")),
                references.schema(References.confluent(reply, answer)),
                !answer.path("ruleSet").isMissingNode()
                        && !answer.path("ruleSet").isNull());
    }

    private RegistryReply ask(String subject, String version, String parameters) {
        return http.get(
                "subject " + subject + " version " + version,
                "/subjects/" + UrlText.encoded(context.qualified(subject)) + "/versions/" + version + parameters);
    }

    private static @Nullable UUID guid(JsonNode node) {
        try {
            return node.isTextual() ? UUID.fromString(node.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable Text<SubjectVersion> referred(SubjectVersion at) {
        RegistryReply reply =
                ask(at.subject(), at.version() == LATEST ? "latest" : Integer.toString(at.version()), "?deleted=true");
        return isUnknown(reply) ? null : References.confluent(reply, reply.json());
    }

    private static boolean isUnknown(RegistryReply reply) {
        if (reply.status() != 404) {
            return false;
        }
        if (NOT_FOUND.contains(reply.errorCode())) {
            return true;
        }
        throw reply.wrong();
    }

    private static JsonNode array(RegistryReply reply) {
        JsonNode answer = reply.json();
        if (!answer.isArray()) {
            throw reply.wrong();
        }
        return answer;
    }

    /** Where the registry is. */
    @Override
    public String toString() {
        return http.toString();
    }
}
