package io.pagewalk.cli.console;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the secrets among the settings that were given, and blots them out of whatever is printed. A second line of
 * defence: messages are not supposed to carry them in the first place.
 */
final class Secrets {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passphrase|secret|jaas|token|credential|user.?info|certificate|\\bkey$|api.?key",
            Pattern.CASE_INSENSITIVE);
    /** What such names end with when their values are no secrets after all. */
    private static final Pattern PLAIN_NAME =
            Pattern.compile("(ms|seconds|url|path|location|type|class|provider|algorithm|buffer|factor)$");
    /** An assignment inside a JAAS configuration. */
    private static final Pattern ASSIGNMENT =
            Pattern.compile("([A-Za-z0-9._-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;]+))");
    /** A JAAS configuration as it has to be: a module, and assignments. */
    private static final Pattern JAAS = Pattern.compile("\\s*(?:[\\w.$]+\\s+[a-z]+(?:\\s+[\\w.-]+\\s*=\\s*"
            + "(?:\"[^\"\\\\]*\"|'[^'\\\\]*'|[^\\s;\"'=]+))*\\s*;\\s*)+");

    private static final Pattern JAAS_NAME = Pattern.compile("jaas", Pattern.CASE_INSENSITIVE);
    /** The words of a JAAS configuration, any of which a parser may repeat. */
    private static final Pattern WORD = Pattern.compile("[^\\s\"'=;,\\\\]+");
    /** Words of such a configuration that are no secrets. */
    private static final Pattern PLAIN_WORD = Pattern.compile(
            "required|requisite|sufficient|optional|username|password|(?:[a-z]+\\.)+[A-Za-z]*LoginModule");
    /** Blotting out shorter ones would hit ordinary text, and protect nothing. */
    private static final int MIN_LENGTH = 3;

    private static final String HIDDEN = "[hidden]";

    /** Longest first, so that no secret is torn apart by another that is a part of it. */
    private final Set<String> values =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Remembers the secrets among these settings. */
    void addAll(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).find() && !PLAIN_NAME.matcher(name).find()) {
                add(value);
            }
            if (JAAS_NAME.matcher(name).find() && !JAAS.matcher(value).matches()) {
                addWords(value);
            }
            Matcher assignment = ASSIGNMENT.matcher(value);
            while (assignment.find()) {
                if (SECRET_NAME.matcher(assignment.group(1)).find()) {
                    for (int group = 2; group <= 4; group++) {
                        if (assignment.group(group) != null) {
                            add(assignment.group(group));
                        }
                    }
                }
            }
        });
    }

    /** Of a malformed configuration nobody can tell what its author took for a password, and a parser repeats any part of it. */
    private void addWords(String value) {
        Matcher word = WORD.matcher(value);
        while (word.find()) {
            if (!PLAIN_WORD.matcher(word.group()).matches()) {
                add(word.group());
            }
        }
    }

    private void add(String value) {
        if (value.length() >= MIN_LENGTH) {
            values.add(value);
        }
    }

    String hideIn(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }
}
