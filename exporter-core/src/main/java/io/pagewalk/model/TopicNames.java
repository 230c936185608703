package io.pagewalk.model;

import java.util.regex.Pattern;

/** Kafka's rule for topic names, which also makes them safe as parts of file names. */
public final class TopicNames {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private TopicNames() {}

    public static boolean isValid(String name) {
        return LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }
}
