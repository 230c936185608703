package io.pagewalk.internal.sink.settings;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import java.util.Map;
import java.util.Set;

/** Strict access to settings in text form. Every refusal is a {@link UsageException} that names the setting. */
public final class Settings {
    private static final String FILE_FORMAT = "the file format of the export";

    private Settings() {}

    /** The value of a setting that has to be there. */
    public static String text(Map<String, String> settings, String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new UsageException("the setting " + key + " is missing");
        }
        return value;
    }

    /** The value of a setting that has to be there, and a whole number. */
    public static int number(Map<String, String> settings, String key) {
        String value = text(settings, key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UsageException("the setting " + key + " is not a whole number: '" + value + "'", e);
        }
    }

    /**
     * Refuses files of another revision than this version writes. A revision says which bytes a format's other settings give.
     *
     * @param key of the setting that holds the revision
     */
    public static void requireRevision(Map<String, String> settings, String key, int written) {
        int pinned = number(settings, key);
        if (pinned > written) {
            throw NewerVersionException.of(
                    FILE_FORMAT, "its setting " + key + " is " + pinned, Integer.toString(written));
        }
        if (pinned != written) {
            throw new UsageException("the setting " + key + " is " + pinned + ", but this version of Pagewalk writes"
                    + " revision " + written + ": use the version that began the export");
        }
    }

    /** Refuses a value outside {@code min} to {@code max}, both inclusive. */
    public static void requireInRange(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new UsageException(
                    "the setting " + key + " must be from " + min + " to " + max + ", but is " + value);
        }
    }

    /** Refuses a setting that begins with {@code prefix} and is none of {@code known}: a newer version has pinned it. */
    public static void requireKnown(Map<String, String> settings, String prefix, Set<String> known) {
        for (String key : settings.keySet()) {
            if (key.startsWith(prefix) && !known.contains(key)) {
                throw NewerVersionException.unknown(FILE_FORMAT, "it has the setting " + key);
            }
        }
    }
}
