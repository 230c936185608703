package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.log.Checkpoint;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The first members of an entry: they say how the rest is to be read. They come first, and are read alone, because in an entry
 * that is newer the rest may be anything.
 */
final class EntryHead {
    private static final String FORMAT = "pagewalk";
    private static final String KIND = "kind";
    private static final String VERSION = "version";
    /** In their order. */
    static final List<String> MEMBERS = List.of(FORMAT, KIND, VERSION);

    /** What a kind can be called, also in versions to come. */
    private static final Pattern KIND_NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private EntryHead() {}

    /**
     * Which kind a sealed entry is of.
     *
     * @param place the entry as messages name it
     * @throws NewerVersionException if its kind or version is none that this program knows
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if it does not begin as an entry does
     */
    static Checkpoint.Kind kindOf(byte[] entry, String place) throws IOException {
        try (JsonParser json = CheckpointReader.JSON.createParser(entry)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
            requireKnown(number(json, FORMAT), CheckpointCodec.VERSION, place, "its format has version ");
            member(json, KIND, JsonToken.VALUE_STRING);
            String name = json.getText();
            require(KIND_NAME.matcher(name).matches(), "its kind is none");
            long version = number(json, VERSION);
            for (Checkpoint.Kind kind : Checkpoint.Kind.values()) {
                if (kind.toString().equals(name)) {
                    requireKnown(version, CheckpointCodec.version(kind), place, "its kind is " + kind + ", version ");
                    return kind;
                }
            }
            throw NewerVersionException.unknown(place, "its kind is " + name + ", version " + version);
        }
    }

    private static void requireKnown(long version, int known, String place, String what) {
        if (version > known) {
            throw NewerVersionException.of(place, what + version, Integer.toString(known));
        }
        require(version == known, "there is no version " + version);
    }

    private static long number(JsonParser json, String name) throws IOException {
        member(json, name, JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void member(JsonParser json, String name, JsonToken type) throws IOException {
        require(
                name.equals(json.nextFieldName()) && json.nextToken() == type,
                "it does not begin with " + String.join(", ", MEMBERS));
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
