package io.pagewalk.location;

import io.pagewalk.error.UsageException;
import java.io.File;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all who read the text of a location have in common. */
public final class LocationTexts {
    static final boolean HAS_DRIVES = File.separatorChar == '\\';

    /** Whatever stands before a colon in the first part is taken for a scheme, lest {@code s3://x} become a folder "s3:". */
    private static final Pattern SCHEME = Pattern.compile("([^/\\\\:]*):.*", Pattern.DOTALL);

    private LocationTexts() {}

    /** The scheme in lower case, or null if the text is a plain path. */
    public static @Nullable String schemeOf(String text) {
        Matcher matcher = SCHEME.matcher(text);
        return matcher.matches() && !(HAS_DRIVES && matcher.group(1).length() == 1)
                ? matcher.group(1).toLowerCase(Locale.ROOT)
                : null;
    }

    /**
     * Says that the scheme is not served.
     *
     * @param accepted what may be given there, as messages say it
     */
    public static UsageException unsupported(String text, String accepted) {
        String shown = shown(text);
        return new UsageException("'" + shown + "': the scheme '" + shown.substring(0, shown.indexOf(':'))
                + "' is not supported; give " + accepted
                // A URI is hardly ever meant to be a path.
                + (text.contains("://") ? "" : ", and ./" + shown + " if a file of that name is meant"));
    }

    /** The text as messages show it: on one line, and without what stands before a host, which may be a password. */
    public static String shown(String text) {
        return text.replaceAll("\\p{Cc}", " ").replaceFirst("(?s)//.*@", "//[hidden]@");
    }
}
