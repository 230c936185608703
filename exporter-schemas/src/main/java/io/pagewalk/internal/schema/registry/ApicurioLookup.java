package io.pagewalk.internal.schema.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.References.Reference;
import io.pagewalk.internal.schema.registry.References.Text;
import io.pagewalk.internal.schema.registry.http.RegistryHttp;
import io.pagewalk.internal.schema.registry.http.RegistryReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks Apicurio by its own API, version 3 or else 2, on the server of the URL that was given, be it that of the other API or of this one.
 * Safe for use by any number of threads.
 */
final class ApicurioLookup {
    private static final String APIS = "/apis/";
    private static final String API = "/apis/registry/";
    private static final Set<String> NOT_FOUND = Set.of(
            "ArtifactNotFoundException",
            "ContentNotFoundException",
            "GroupNotFoundException",
            "BranchNotFoundException",
            "VersionNotFoundException");
    private static final String DEFAULT_GROUP = "default";

    private final RegistryHttp http;
    private final References<SchemaKey.Coordinates> references;
    private volatile @Nullable String version;

    ApicurioLookup(RegistryHttp http) {
        this.http = http;
        this.references = new References<>(this::referred);
    }

    SchemaAnswer find(SchemaKey key) {
        if (key instanceof SchemaKey.Coordinates at) {
            Text<SchemaKey.Coordinates> text = referred(at);
            return text == null ? unknown(key) : references.schema(text);
        }
        long number = key instanceof SchemaKey.GlobalId global
                ? global.id()
                : key instanceof SchemaKey.ContentId content ? content.id() : -1;
        boolean ofContent = key instanceof SchemaKey.ContentId;
        String path = (ofContent ? "/ids/contentIds/" : "/ids/globalIds/") + number;
        RegistryReply content = get(what(key), path);
        if (isUnknown(content)) {
            return unknown(key);
        }
        String type = content.header("x-registry-artifacttype");
        if (type.isEmpty()) {
            type = type(key, (ofContent ? "contentId=" : "globalId=") + number);
        }
        return type == null
                ? unknown(key)
                : references.schema(new Text<>(type, content.text(), references(key, path + "/references")));
    }

    private static String what(SchemaKey key) {
        return "schema " + key.text();
    }

    private static SchemaAnswer unknown(SchemaKey key) {
        return new SchemaAnswer.Unknown(what(key));
    }

    /** Version 2 tells it only where it tells about artifacts. */
    private @Nullable String type(SchemaKey key, String parameter) {
        RegistryReply found = get(what(key), "/search/artifacts?limit=1&" + parameter);
        if (found.status() != 200) {
            throw found.wrong();
        }
        JsonNode artifact = found.json().path("artifacts").path(0);
        for (String name : List.of("artifactType", "type")) {
            if (artifact.path(name).isTextual()) {
                return artifact.path(name).textValue();
            }
        }
        return null;
    }

    private List<Reference<SchemaKey.Coordinates>> references(SchemaKey key, String path) {
        RegistryReply reply = get(what(key), path);
        List<Reference<SchemaKey.Coordinates>> references = new ArrayList<>();
        if (!isUnknown(reply)) {
            JsonNode answer = reply.json();
            if (!answer.isArray()) {
                throw reply.wrong();
            }
            for (JsonNode each : answer) {
                if (!each.path("name").isTextual() || !each.path("artifactId").isTextual()) {
                    throw reply.without("name");
                }
                references.add(new Reference<>(
                        each.path("name").textValue(),
                        new SchemaKey.Coordinates(
                                each.path("groupId").asText(""),
                                each.path("artifactId").textValue(),
                                each.path("version").asText(""))));
            }
        }
        return references;
    }

    private @Nullable Text<SchemaKey.Coordinates> referred(SchemaKey.Coordinates at) {
        String artifact = "/groups/" + UrlText.encoded(at.group().isEmpty() ? DEFAULT_GROUP : at.group())
                + "/artifacts/" + UrlText.encoded(at.artifact());
        boolean newest = at.version().isEmpty();
        boolean v3 = version(what(at)).equals("v3");
        String place = newest
                ? artifact + (v3 ? "/versions/branch%3Dlatest" : "")
                : artifact + "/versions/" + UrlText.encoded(at.version());
        RegistryReply about = get(what(at), v3 ? place : place + "/meta");
        if (isUnknown(about)) {
            return null;
        }
        JsonNode meta = about.json();
        JsonNode type = meta.path(v3 ? "artifactType" : "type");
        JsonNode global = meta.path("globalId");
        if (!type.isTextual() || !global.canConvertToLong()) {
            throw about.without("globalId");
        }
        String path = "/ids/globalIds/" + global.asLong();
        RegistryReply content = get(what(at), path);
        return isUnknown(content)
                ? null
                : new Text<>(type.textValue(), content.text(), references(at, path + "/references"));
    }

    private RegistryReply get(String what, String path) {
        String known = version(what);
        return http.get(what, base -> root(base) + API + known + path);
    }

    private static String root(String base) {
        int apis = base.indexOf(APIS);
        return apis < 0 ? base : base.substring(0, apis);
    }

    private String version(String what) {
        String known = version;
        if (known == null) {
            RegistryReply reply = null;
            for (String each : List.of("v3", "v2")) {
                reply = http.get(what, base -> root(base) + API + each + "/system/info");
                if (reply.status() == 200) {
                    known = each;
                    version = each;
                    break;
                }
            }
            if (known == null && reply != null) {
                throw reply.wrong();
            }
        }
        return known == null ? "v3" : known;
    }

    private static boolean isUnknown(RegistryReply reply) {
        if (reply.status() != 404) {
            return false;
        }
        // A plain NotFoundException is of a path that the server does not have.
        if (NOT_FOUND.contains(reply.errorName())) {
            return true;
        }
        throw reply.wrong();
    }
}
