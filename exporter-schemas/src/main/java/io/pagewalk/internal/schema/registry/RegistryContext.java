package io.pagewalk.internal.schema.registry;

import io.pagewalk.error.UsageException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of a registry's contexts ids and subjects are of. It is named where the registry is, or stands in its URL as {@code
 * /contexts/NAME}. Subjects are named without it here.
 */
public final class RegistryContext {
    private static final Pattern IN_URL = Pattern.compile("/contexts/([^/]+)");
    private static final Pattern NAME = Pattern.compile("\\.[A-Za-z0-9_.-]*");
    private static final String DEFAULT = ".";

    private final String name;
    private final boolean inUrl;

    private RegistryContext(String name, boolean inUrl) {
        this.name = name;
        this.inUrl = inUrl;
    }

    /**
     * The context.
     *
     * @param given its name, with or without the dot before it; null if none was named
     * @param url that of the registry
     * @throws UsageException if the name is none, or differs from that in the URL
     */
    public static RegistryContext of(@Nullable String given, String url) {
        Matcher found = IN_URL.matcher(url);
        String ofUrl = found.find() ? dotted(found.group(1)) : null;
        if (given == null) {
            return ofUrl == null ? new RegistryContext(DEFAULT, false) : new RegistryContext(ofUrl, true);
        }
        String name = dotted(given.strip());
        if (!NAME.matcher(name).matches()) {
            throw new UsageException(
                    "the name of a context of the schema registry has letters, digits, '.', '_' and '-' only");
        }
        if (ofUrl != null && !ofUrl.equals(name)) {
            throw new UsageException("the schema registry's URL names the context " + ofUrl + ", and " + name
                    + " is asked for: name one of them");
        }
        return new RegistryContext(name, ofUrl != null);
    }

    private static String dotted(String name) {
        return name.startsWith(DEFAULT) ? name : DEFAULT + name;
    }

    /** Its name, as it is pinned: {@code .} for the default one. */
    public String name() {
        return name;
    }

    private String prefix() {
        return ":" + name + ":";
    }

    private boolean isSaid() {
        return !inUrl && !name.equals(DEFAULT);
    }

    /** What a request for an id has to say of it; empty if nothing. */
    Optional<String> subjectOfIds() {
        return isSaid() ? Optional.of(prefix()) : Optional.empty();
    }

    /** A subject as a request names it. One that names a context itself is left as it is. */
    String qualified(String subject) {
        return isSaid() && !subject.startsWith(":.") ? prefix() + subject : subject;
    }

    /** A subject of an answer, without the context; empty if it is of another one. */
    Optional<String> own(String subject) {
        if (subject.startsWith(prefix())) {
            return Optional.of(subject.substring(prefix().length()));
        }
        return subject.startsWith(":.") ? Optional.empty() : Optional.of(subject);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
