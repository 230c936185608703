package io.pagewalk.cli;

import org.jspecify.annotations.Nullable;

/** Which Pagewalk this is. */
public final class Version {
    private Version() {}

    /** The version of the build, as the jar's manifest has it. */
    public static String get() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not built into a jar)" : version;
    }
}
