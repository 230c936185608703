package io.pagewalk.spi;

import io.pagewalk.payload.PayloadFormats;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file format, and says what an export pins of it. Pagewalk knows its own; others are found by {@link
 * java.util.ServiceLoader}, in jars on the class path. Stateless, with a public constructor without arguments. What is refused
 * is a {@link io.pagewalk.error.UsageException} whose message says what is possible.
 */
public interface FileFormatProvider {
    /**
     * What was asked for besides the format itself; null stands for the format's default.
     *
     * @param compression how files are compressed
     * @param timestampUnit what timestamps count in
     */
    record Choices(@Nullable String compression, @Nullable String timestampUnit) {}

    /** The format's name, which {@code --format} asks for: lower-case letters, digits and dashes. */
    String name();

    /**
     * Everything that the bytes of a file depend on besides its records, so that later defaults do not change an export under
     * way. Keys begin with the format's name and a dot, but for {@code compression}, which has to be there, and {@code
     * timestamp-unit}.
     *
     * @throws io.pagewalk.error.UsageException if the format does not have what was chosen
     */
    Map<String, String> pin(Choices choices);

    /**
     * How names of files end, with the dot: such as {@code .jsonl.zst}, of lower-case letters and digits, at most ten characters.
     *
     * @param settings as {@link #pin} returned them
     */
    String extension(Map<String, String> settings);

    /**
     * Whether {@link #create} takes payloads in the form {@link io.pagewalk.payload.PayloadFormat.Form#TYPED}, for which the format
     * overrides {@link FileFormat#decodeRows}. It is never given any if not: such an export is refused.
     */
    default boolean takesTypedPayloads() {
        return false;
    }

    /**
     * The format of an export.
     *
     * @param settings as {@link #pin} returned them, maybe in an earlier run or version; keys of others are ignored
     * @throws io.pagewalk.error.UsageException if they are not complete, or not of this version
     */
    FileFormat create(Map<String, String> settings, PayloadFormats payloads);
}
