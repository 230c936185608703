package io.pagewalk.location;

/**
 * A place that holds files. Made by the provider of its scheme; a program parses a text instead.
 *
 * @param scheme who serves it
 * @param text its one spelling, without credentials; {@code /} and a name lead to what is in it
 * @param tellsLiveRuns whether it can be told which runs are alive there
 */
public record DirectoryLocation(String scheme, String text, boolean tellsLiveRuns) implements Location {
    /**
     * A directory in this one.
     *
     * @param name without a {@code /}
     */
    public DirectoryLocation resolve(String name) {
        return new DirectoryLocation(scheme, text + (text.endsWith("/") ? "" : "/") + name, tellsLiveRuns);
    }

    @Override
    public String toString() {
        return text;
    }
}
