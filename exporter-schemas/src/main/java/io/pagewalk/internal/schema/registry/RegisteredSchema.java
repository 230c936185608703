package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A schema's text, with those that it refers to: all that its meaning depends on. Two are equal if their digests are. Immutable.
 */
public final class RegisteredSchema {
    /** The most schemas that one may consist of, itself included. */
    public static final int MOST_SCHEMAS = 1_000;
    /** So many may refer to each other in a row. */
    public static final int MOST_DEPTH = 32;
    /** The most that their texts may have together, in characters. */
    public static final int MOST_TEXT = 16 << 20;

    /** A schema that another one refers to by a name, such as an import. */
    public record Named(String name, RegisteredSchema schema) {}

    /** A schema that goes beyond the bounds, for a reason that is the same each time. */
    public static final class UnboundedSchemaException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        UnboundedSchemaException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** Which bound it is. */
        public String reason() {
            return reason;
        }
    }

    private final SchemaKind kind;
    private final String text;
    private final List<Named> references;
    private final String digest;
    private final int depth;
    private final Map<String, RegisteredSchema> all;

    private RegisteredSchema(
            SchemaKind kind, String text, List<Named> references, int depth, Map<String, RegisteredSchema> below) {
        this.kind = kind;
        this.text = text;
        this.references = references;
        this.depth = depth;
        this.digest = digest(kind, text, references);
        this.all = below;
        below.put(digest, this);
    }

    /**
     * A schema.
     *
     * @param references in the order in which it has them
     * @throws UnboundedSchemaException if it is too large
     */
    public static RegisteredSchema of(SchemaKind kind, String text, List<Named> references)
            throws UnboundedSchemaException {
        if (references.size() > MOST_SCHEMAS) {
            throw new UnboundedSchemaException("a schema refers to more than " + MOST_SCHEMAS + " others");
        }
        int depth = 1;
        long length = text.length();
        Map<String, RegisteredSchema> below = new LinkedHashMap<>();
        for (Named reference : references) {
            depth = Math.max(depth, reference.schema().depth + 1);
            for (RegisteredSchema each : reference.schema().all()) {
                if (below.putIfAbsent(each.digest, each) == null) {
                    length += each.text.length();
                }
            }
            if (below.size() >= MOST_SCHEMAS) {
                throw new UnboundedSchemaException("a schema refers to more than " + (MOST_SCHEMAS - 1) + " others");
            }
        }
        if (depth > MOST_DEPTH) {
            throw new UnboundedSchemaException(
                    "schemas refer to each other more than " + MOST_DEPTH + " times in a row");
        }
        if (length > MOST_TEXT) {
            throw new UnboundedSchemaException(
                    "a schema with those it refers to has more than " + (MOST_TEXT >> 20) + " Mi characters");
        }
        return new RegisteredSchema(kind, text, List.copyOf(references), depth, below);
    }

    /**
     * One without references.
     *
     * @throws UnboundedSchemaException if it is too large
     */
    public static RegisteredSchema of(SchemaKind kind, String text) throws UnboundedSchemaException {
        return of(kind, text, List.of());
    }

    /** Each part has its length before it, so that no two schemas have the same one. */
    private static String digest(SchemaKind kind, String text, List<Named> references) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            add(sha, "pagewalk schema 1");
            add(sha, kind.toString());
            add(sha, text);
            for (Named reference : references) {
                add(sha, reference.name());
                add(sha, reference.schema().digest);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(UTF_8);
        sha.update((bytes.length + ":").getBytes(UTF_8));
        sha.update(bytes);
        sha.update((byte) '\n');
    }

    public SchemaKind kind() {
        return kind;
    }

    /** As it was registered. */
    public String text() {
        return text;
    }

    /** What it refers to itself. */
    public List<Named> references() {
        return references;
    }

    /** SHA-256 of kind, text, and the names and digests of the references, in hexadecimal digits; names its file. */
    public String digest() {
        return digest;
    }

    /** All schemas that it consists of, each once, those before it that one refers to; itself the last. */
    public List<RegisteredSchema> all() {
        return new ArrayList<>(all.values());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegisteredSchema schema && schema.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Its kind and the first digits of its digest. */
    @Override
    public String toString() {
        return kind + " " + digest.substring(0, 12);
    }
}
