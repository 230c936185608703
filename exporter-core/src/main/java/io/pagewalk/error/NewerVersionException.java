package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/**
 * Something is whole, but a newer Pagewalk wrote it, and this one cannot tell what it means. Nothing is wrong with it: only a
 * newer Pagewalk can read, go on with, verify or delete it.
 */
public final class NewerVersionException extends UsageException {
    private static final long serialVersionUID = 1L;

    private NewerVersionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Of something that has a version.
     *
     * @param subject what it is and where, as messages name it
     * @param version what it says of itself, such as {@code it has version 2}
     * @param known the latest version that this program reads
     */
    public static NewerVersionException of(String subject, String version, String known) {
        return of(subject, version + ", and this program reads version " + known);
    }

    /**
     * Of something that this program has no word for.
     *
     * @param subject what it is and where, as messages name it
     * @param unknown what about it is unknown, such as {@code its kind is window, version 1}
     */
    public static NewerVersionException unknown(String subject, String unknown) {
        return of(subject, unknown + ", which this program does not know");
    }

    private static NewerVersionException of(String subject, String what) {
        String version = NewerVersionException.class.getPackage().getImplementationVersion();
        return new NewerVersionException(
                subject + " was written by a newer Pagewalk: " + what + "; use a newer Pagewalk than this one"
                        + (version == null ? "" : ", " + version),
                null);
    }

    /**
     * The same of something that is a part of another.
     *
     * @param whole what it is a part of, as messages name it
     */
    public NewerVersionException within(String whole) {
        return new NewerVersionException(whole + ": " + getMessage(), this);
    }
}
