package io.pagewalk.payload;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for of payloads whose columns are made of schemas.
 *
 * @param format {@link #REGISTRY} for what their schemas turn out to be, or the name of one kind of schema
 * @param versions {@link #ALL}, {@link #LATEST}, or {@code version:} and a number: of which of a subject's versions columns are made
 * @param subjects the subjects whose schemas payloads are of, a {@code *} in them standing for anything; empty for that of the topic, and
 *     those of payloads that are sampled
 * @param message which message of a Protobuf schema payloads are, or several with commas between, of which columns are made side by side;
 *     empty for those that sampled payloads are, and where none says so its first one
 * @param refusesUnknown whether a payload is bad that has fields which its Protobuf schema does not have; else they are left out
 * @param context which of the registry's contexts ids are of; empty for that of its address
 * @param file the schema of all payloads, which have no frames then; null if a registry knows their schemas
 */
public record SchemaChoice(
        String format,
        String versions,
        List<String> subjects,
        String message,
        boolean refusesUnknown,
        String context,
        @Nullable File file) {
    /** For those who look at records: only payloads are read that have the frame of a schema that the registry knows. */
    public static final String AUTO = "auto";
    /** The format of whatever schemas payloads turn out to have. */
    public static final String REGISTRY = "registry";
    /** Columns for all versions. */
    public static final String ALL = "all";
    /** Columns for the newest version. */
    public static final String LATEST = "latest";

    /**
     * A schema that is given.
     *
     * @param name what messages call it
     * @param text the schema
     * @param imports the schemas that it refers to, by the names that it has for them, and those that these refer to
     */
    public record File(String name, String text, SortedMap<String, String> imports) {
        /** Keeps a copy. */
        public File {
            imports = new TreeMap<>(imports);
        }

        /** The first digits of a digest of all texts: the name of a file says little. */
        String digest() {
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                add(sha256, text);
                imports.forEach((imported, itsText) -> {
                    add(sha256, imported);
                    add(sha256, itsText);
                });
                return HexFormat.of().formatHex(sha256.digest(), 0, 8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        private static void add(MessageDigest sha256, String part) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha256.update(bytes);
        }
    }

    /**
     * Keeps a copy.
     *
     * @throws UsageException if a subject names a context: ids would be asked for in another one
     */
    public SchemaChoice {
        subjects = List.copyOf(subjects);
        for (String subject : subjects) {
            if (subject.startsWith(":.")) {
                throw new UsageException(
                        "the subject " + subject + " begins with a context of the schema registry: name it without",
                        Advice.NAME_THE_CONTEXT);
            }
        }
    }

    /** Of schemas that a registry knows, with the defaults. */
    public static SchemaChoice of(String format) {
        return new SchemaChoice(format, ALL, List.of(), "", false, "", null);
    }

    /**
     * The request by the names of options, in canonical text, without those that were left out.
     *
     * @param part {@code key} or {@code value}
     */
    public Map<String, String> toOptions(String part) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(part + "-format", format);
        if (file != null) {
            options.put(part + "-schema", "file:" + file.digest());
        } else if (!versions.equals(ALL)) {
            options.put(part + "-schema", versions);
        }
        if (!subjects.isEmpty()) {
            options.put(part + "-subject", String.join(",", subjects));
        }
        if (!message.isEmpty()) {
            options.put(part + "-message", message);
        }
        if (refusesUnknown) {
            options.put("on-unknown-field", "bad");
        }
        if (!context.isEmpty()) {
            options.put("registry-context", context);
        }
        return options;
    }
}
