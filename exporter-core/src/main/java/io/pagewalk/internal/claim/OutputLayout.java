package io.pagewalk.internal.claim;

import io.pagewalk.internal.log.LogName;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names in an output that are Pagewalk's own. Neither topics nor export ids have a {@code =} in them. */
public final class OutputLayout {
    /** Everything but data files is in here. */
    public static final String FOLDER = "_pagewalk";

    /** Where runs keep files that are not published yet. */
    public static final String TEMPORARY_FOLDER = FOLDER + "/tmp=";

    private static final String TOPIC = FOLDER + "/topic=";
    private static final Pattern CLAIM = Pattern.compile("claim-([1-9][0-9]{0,9})\\.json");
    private static final Pattern DELETION = Pattern.compile("deleted-([1-9][0-9]{0,9})\\.json");

    private OutputLayout() {}

    /** The folder of what is on record about a topic's exports into an output. */
    public static String topicFolder(String topic) {
        return TOPIC + topic;
    }

    /** The topic whose folder that is, or null if it is not one. */
    static @Nullable String topicOf(String folder) {
        return folder.startsWith(TOPIC) ? folder.substring(TOPIC.length()) : null;
    }

    /** The file that says to which export the topic's data files of a generation belong. */
    public static String claim(String topic, int generation) {
        return topicFolder(topic) + "/claim-" + generation + ".json";
    }

    /** The file that says that a generation was deleted. */
    public static String deletion(String topic, int generation) {
        return topicFolder(topic) + "/" + deletionFile(generation);
    }

    /** The name of that file in its folder. */
    static String deletionFile(int generation) {
        return "deleted-" + generation + ".json";
    }

    /** What the logs of an export are in, in its output: a folder for each run. */
    public static String logs(LogName name) {
        return FOLDER + "/" + name;
    }

    /** Likewise, in a location that holds logs alone. */
    public static String logsElsewhere(LogName name) {
        return name.toString();
    }

    /** The folder of the records that an export has set aside, in its output. */
    public static String deadLetters(LogName name) {
        return logs(name) + "/dead-letters";
    }

    /** The marker of a directory whose files are all there, as Spark and Hadoop's jobs have it. */
    public static String successMarker(String directory) {
        return directory + "/_SUCCESS";
    }

    /** The folder of the schemas that columns are made of. */
    public static String schemas(LogName name) {
        return logs(name) + "/schemas";
    }

    /** The folder of what consumer groups had committed when runs were frozen. */
    public static String groups(LogName name) {
        return logs(name) + "/groups";
    }

    /** The folder of what is on record about tables that follow. */
    static String tables(LogName name) {
        return logs(name) + "/tables";
    }

    static OptionalInt generationOfClaim(String fileName) {
        return generation(CLAIM, fileName);
    }

    static OptionalInt generationOfDeletion(String fileName) {
        return generation(DELETION, fileName);
    }

    private static OptionalInt generation(Pattern pattern, String fileName) {
        Matcher matcher = pattern.matcher(fileName);
        try {
            return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
