package io.pagewalk.location;

/**
 * A place that an option or a claim names, as the provider of its scheme has read and normalised it. Its text, as {@link
 * Object#toString()} gives it, holds no credentials and is parsed into an equal location.
 */
public sealed interface Location permits DirectoryLocation, LogLocation {
    /** Says who serves the location: lower-case letters and digits, such as {@code file}, {@code s3a} or {@code kafka}. */
    String scheme();
}
