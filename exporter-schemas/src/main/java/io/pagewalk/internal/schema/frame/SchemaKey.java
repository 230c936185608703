package io.pagewalk.internal.schema.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.UUID;

/** What a frame calls its schema. What it means, only a registry knows. */
public sealed interface SchemaKey {
    /** A number that a registry of Confluent's kind gave. Ids are given anew in each context. */
    record Id(int id) implements SchemaKey {
        @Override
        public String text() {
            return Integer.toString(id);
        }
    }

    /** What Confluent's newer registries call a schema in all contexts. */
    record Guid(UUID guid) implements SchemaKey {
        @Override
        public String text() {
            return GUID + guid;
        }
    }

    /** Apicurio's number of a text, whatever it is registered as. */
    record ContentId(long id) implements SchemaKey {
        @Override
        public String text() {
            return CONTENT + id;
        }
    }

    /** Apicurio's number of one version of an artifact. */
    record GlobalId(long id) implements SchemaKey {
        @Override
        public String text() {
            return GLOBAL + id;
        }
    }

    /** What AWS Glue calls one version of a schema. */
    record GlueVersion(UUID version) implements SchemaKey {
        @Override
        public String text() {
            return GLUE + version;
        }
    }

    /**
     * Apicurio's names of an artifact.
     *
     * @param group empty for the default one
     * @param version empty for the newest one, whichever that is at the time
     */
    record Coordinates(String group, String artifact, String version) implements SchemaKey {
        @Override
        public String text() {
            return ARTIFACT + encoded(group) + SEPARATOR + encoded(artifact) + SEPARATOR + encoded(version);
        }

        private static String encoded(String part) {
            return URLEncoder.encode(part, UTF_8);
        }
    }

    /** How a guid's text begins. */
    String GUID = "guid:";
    /** How that of a number of content begins. */
    String CONTENT = "content:";
    /** How that of a global number begins. */
    String GLOBAL = "global:";
    /** How that of a version in Glue begins. */
    String GLUE = "glue:";
    /** How that of coordinates begins. */
    String ARTIFACT = "artifact:";
    /** What stands between the parts of coordinates. */
    String SEPARATOR = "/";

    /** The key in ASCII, for logs and messages: {@code 7}, {@code guid:...}, {@code artifact:group/name/version}. Different keys differ in it. */
    String text();

    /**
     * The key that has the text.
     *
     * @throws IllegalArgumentException if none has
     */
    static SchemaKey parse(String text) {
        try {
            SchemaKey key = read(text);
            if (key.text().equals(text)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Told below: what parsers say repeats the text.
        }
        throw new IllegalArgumentException("what names a schema cannot be understood");
    }

    private static SchemaKey read(String text) {
        if (text.startsWith(GUID)) {
            return new Guid(UUID.fromString(text.substring(GUID.length())));
        }
        if (text.startsWith(CONTENT)) {
            return new ContentId(Long.parseLong(text.substring(CONTENT.length())));
        }
        if (text.startsWith(GLOBAL)) {
            return new GlobalId(Long.parseLong(text.substring(GLOBAL.length())));
        }
        if (text.startsWith(GLUE)) {
            return new GlueVersion(UUID.fromString(text.substring(GLUE.length())));
        }
        if (text.startsWith(ARTIFACT)) {
            String[] parts = text.substring(ARTIFACT.length()).split(SEPARATOR, -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("parts");
            }
            return new Coordinates(
                    URLDecoder.decode(parts[0], UTF_8),
                    URLDecoder.decode(parts[1], UTF_8),
                    URLDecoder.decode(parts[2], UTF_8));
        }
        return new Id(Integer.parseInt(text));
    }
}
