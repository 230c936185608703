package io.pagewalk.internal.sink.settings;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Strict access to settings in text form. Every refusal is a {@link UsageException} that names the setting. */
public final class Settings {
    private static final String FILE_FORMAT = "the file format of the export";

    /** As we write it: no sign, no zero in front, no digits but these. */
    private static final Pattern ID = Pattern.compile("[1-9][0-9]*");

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

    /** The value of a setting that has to be there: ids as {@link #text(List)} writes them. */
    public static List<Integer> ids(Map<String, String> settings, String key) {
        List<Integer> ids = new ArrayList<>();
        for (String id : text(settings, key).split(",", -1)) {
            ids.add(id(key, id));
        }
        return ids;
    }

    private static int id(String key, String text) {
        if (!ID.matcher(text).matches()) {
            throw notAnId(key, text);
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notAnId(key, text);
        }
    }

    private static UsageException notAnId(String key, String text) {
        return new UsageException(
                "the setting " + key + " has '" + text + "', which is no id of a column: ids are numbers from 1 to "
                        + Integer.MAX_VALUE + ", with a comma between two");
    }

    /** Ids as a setting has them, such as {@code 1,2,3}. */
    public static String text(List<Integer> ids) {
        return ids.stream().map(id -> Integer.toString(id)).collect(Collectors.joining(","));
    }

    /** Refuses an id that is not positive, or is there twice. */
    public static void requireIds(String key, List<Integer> ids) {
        Set<Integer> met = new HashSet<>();
        for (int id : ids) {
            if (id < 1) {
                throw notAnId(key, Integer.toString(id));
            }
            if (!met.add(id)) {
                throw new UsageException("the setting " + key + " has the id " + id + " twice");
            }
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
