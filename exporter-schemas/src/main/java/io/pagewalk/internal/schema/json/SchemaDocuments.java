package io.pagewalk.internal.schema.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema and those it refers to, and where references in them lead. Nothing is ever fetched. */
final class SchemaDocuments {
    /**
     * A schema in a document.
     *
     * @param resource what references that begin with {@code #} are relative to: the document, or a part of it that has an id
     */
    record Located(JsonNode node, JsonNode resource) {
        /** A part of it. */
        Located part(JsonNode part) {
            return new Located(part, id(part) == null ? resource : part);
        }
    }

    private final Located root;
    /** By the name that the registry has for it, and by the id that it gives itself. */
    private final Map<String, JsonNode> byName = new HashMap<>();

    SchemaDocuments(JsonNode root, Map<String, JsonNode> others) {
        this.root = new Located(root, root);
        collectIds(root, "");
        others.forEach((name, document) -> collectIds(document, name));
        byName.putAll(others);
    }

    Located root() {
        return root;
    }

    private void collectIds(JsonNode node, String base) {
        String id = id(node);
        String here = id == null ? base : resolved(base, id);
        if (id != null) {
            byName.putIfAbsent(here, node);
            byName.putIfAbsent(id, node);
        }
        for (JsonNode part : node) {
            collectIds(part, here);
        }
    }

    /** The id of a schema that references may be relative to. */
    private static @Nullable String id(JsonNode node) {
        JsonNode id = node.get("$id");
        if (id == null || !id.isTextual()) {
            id = node.get("id");
        }
        if (id == null || !id.isTextual() || id.textValue().startsWith("#")) {
            return null;
        }
        String text = id.textValue();
        return text.endsWith("#") ? text.substring(0, text.length() - 1) : text;
    }

    private static String resolved(String base, String reference) {
        try {
            return URI.create(base).resolve(reference).toString();
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }

    /** Where a reference leads. */
    Located follow(Located from, String reference) throws SchemaRefusedException {
        int hash = reference.indexOf('#');
        String document = hash < 0 ? reference : reference.substring(0, hash);
        String fragment = hash < 0 ? "" : reference.substring(hash + 1);
        JsonNode resource = document.isEmpty() ? from.resource() : document(from, document);
        JsonNode found = resource == null ? null : fragment(resource, fragment);
        if (found == null && document.isEmpty()) {
            // Old tools count from the document also within parts that have an id.
            found = fragment(root.node(), fragment);
            resource = root.node();
        }
        if (found == null || resource == null) {
            throw new SchemaRefusedException("JSON Schema refers to " + reference + ", which is not there");
        }
        return new Located(found, id(found) == null ? resource : found);
    }

    private @Nullable JsonNode document(Located from, String name) {
        JsonNode found = byName.get(name);
        if (found == null) {
            String base = id(from.resource());
            found = byName.get(resolved(base == null ? "" : base, name));
        }
        return found;
    }

    private static @Nullable JsonNode fragment(JsonNode resource, String fragment) {
        if (fragment.isEmpty()) {
            return resource;
        }
        if (!fragment.startsWith("/")) {
            return anchor(resource, fragment);
        }
        try {
            String pointer = URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
            JsonNode found = resource.at(JsonPointer.compile(pointer));
            return found.isMissingNode() ? null : found;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable JsonNode anchor(JsonNode node, String name) {
        if (name.equals(node.path("$anchor").textValue())
                || ("#" + name).equals(node.path("$id").textValue())
                || ("#" + name).equals(node.path("id").textValue())) {
            return node;
        }
        for (JsonNode part : node) {
            JsonNode found = anchor(part, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
