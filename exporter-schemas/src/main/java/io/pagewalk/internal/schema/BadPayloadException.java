package io.pagewalk.internal.schema;

/**
 * A payload cannot be decoded, or its values do not fit into the table. What it says is a fixed text of ours and the path of the
 * value, never a library's message: those differ between versions, and this is written into files. It has no stack trace, so that a
 * topic full of bad payloads is not slow.
 */
public final class BadPayloadException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String path;

    /** One at the value that is being read; those who read what it is a part of add where that is. */
    public BadPayloadException(String reason) {
        this(reason, "");
    }

    private BadPayloadException(String reason, String path) {
        super(reason, null, false, false);
        this.reason = reason;
        this.path = path;
    }

    /** The same one, as seen from what the value is a part of, whose name for it is given. */
    public BadPayloadException within(String name) {
        return new BadPayloadException(reason, path.isEmpty() ? name : name + "." + path);
    }

    /** Why. */
    public String reason() {
        return reason;
    }

    /** Which value, by the names of the payload's own version from the outermost to the value's; empty if that is the payload itself. */
    public String path() {
        return path;
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? reason : reason + " (at " + path + ")";
    }
}
