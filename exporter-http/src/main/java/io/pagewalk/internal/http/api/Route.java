package io.pagewalk.internal.http.api;

import io.pagewalk.internal.http.query.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path, and what it answers.
 *
 * @param template the path, with names in braces, as OpenAPI writes it
 * @param pattern what paths of the template look like
 * @param methods which methods it has; who has GET has HEAD
 * @param answer what it answers
 */
record Route(String template, Pattern pattern, Set<String> methods, Answer answer) {
    private static final Pattern NAME = Pattern.compile("\\{[a-z]+}");

    Route(String template, Set<String> methods, Answer answer) {
        this(template, Pattern.compile(NAME.matcher(template).replaceAll("([^/]+)")), methods, answer);
    }

    /** What stands in a path, as it was sent, where the template has names; null if it is not a path of the template. */
    String @Nullable [] variables(String path) {
        Matcher matcher =
                Pattern.compile(NAME.matcher(template).replaceAll("([^/]+)")).matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        List<String> variables = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            variables.add(Parameters.decodedPath(matcher.group(i)));
        }
        return variables.toArray(String[]::new);
    }
}
