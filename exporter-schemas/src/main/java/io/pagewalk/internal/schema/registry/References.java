package io.pagewalk.internal.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.registry.RegisteredSchema.Named;
import io.pagewalk.internal.schema.registry.RegisteredSchema.UnboundedSchemaException;
import io.pagewalk.internal.schema.registry.http.RegistryReply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes schemas of what a registry answers, with all that they refer to. A version that several schemas refer to is asked for once. Safe
 * for use by any number of threads.
 */
final class References<P> {
    /** What a registry says of one schema. */
    record Text<P>(String type, String text, List<Reference<P>> references) {}

    /** A schema that another one refers to, and where it is. */
    record Reference<P>(String name, P place) {}

    /** Asks for a schema; null if there is none. */
    interface Lookup<P> {
        @Nullable
        Text<P> text(P place);
    }

    private final Lookup<P> lookup;
    private final Map<P, SchemaAnswer> known = new ConcurrentHashMap<>();

    References(Lookup<P> lookup) {
        this.lookup = lookup;
    }

    /** The schema of a text. */
    SchemaAnswer schema(Text<P> text) {
        return schema(text, new LinkedHashSet<>(), new int[] {RegisteredSchema.MOST_SCHEMAS});
    }

    /**
     * @param path the places that lead here
     * @param left how many more may be asked for
     */
    private SchemaAnswer schema(Text<P> text, Set<P> path, int[] left) {
        SchemaKind kind = SchemaKind.ofRegistry(text.type()).orElse(null);
        if (kind == null) {
            return new SchemaAnswer.Unusable("the schema is neither Avro nor Protobuf nor JSON Schema");
        }
        List<Named> references = new ArrayList<>();
        for (Reference<P> reference : text.references()) {
            SchemaAnswer answer = referred(reference, path, left);
            if (!(answer instanceof SchemaAnswer.Found found)) {
                return answer;
            }
            references.add(new Named(reference.name(), found.schema()));
        }
        try {
            return new SchemaAnswer.Found(RegisteredSchema.of(kind, text.text(), references));
        } catch (UnboundedSchemaException e) {
            return new SchemaAnswer.Unusable(e.reason());
        }
    }

    private SchemaAnswer referred(Reference<P> reference, Set<P> path, int[] left) {
        P place = reference.place();
        SchemaAnswer answer = known.get(place);
        if (answer != null) {
            return answer;
        }
        if (path.contains(place)) {
            return new SchemaAnswer.Unusable("schemas refer to each other in a circle");
        }
        if (path.size() >= RegisteredSchema.MOST_DEPTH) {
            return new SchemaAnswer.Unusable(
                    "schemas refer to each other more than " + RegisteredSchema.MOST_DEPTH + " times in a row");
        }
        if (left[0]-- == 0) {
            return new SchemaAnswer.Unusable(
                    "a schema refers to more than " + (RegisteredSchema.MOST_SCHEMAS - 1) + " others");
        }
        Text<P> text = lookup.text(place);
        if (text == null) {
            return new SchemaAnswer.Unknown("the schema '" + reference.name() + "' that it refers to, " + place);
        }
        path.add(place);
        SchemaAnswer schema = schema(text, path, left);
        path.remove(place);
        if (schema instanceof SchemaAnswer.Found) {
            known.put(place, schema);
        }
        return schema;
    }

    /** What one of Confluent's kind says of a schema; references name their context only where it is another one. */
    static Text<SubjectVersion> confluent(RegistryReply reply, JsonNode answer) {
        JsonNode text = answer.path("schema");
        if (!text.isTextual()) {
            throw reply.without("schema");
        }
        List<Reference<SubjectVersion>> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            JsonNode version = reference.path("version");
            if (!reference.path("name").isTextual()
                    || !reference.path("subject").isTextual()
                    || !version.canConvertToInt()) {
                throw reply.without("references");
            }
            references.add(new Reference<>(
                    reference.path("name").textValue(),
                    new SubjectVersion(reference.path("subject").textValue(), version.asInt())));
        }
        return new Text<>(
                answer.path("schemaType").isTextual()
                        ? answer.path("schemaType").textValue()
                        : "AVRO",
                text.textValue(),
                references);
    }
}
