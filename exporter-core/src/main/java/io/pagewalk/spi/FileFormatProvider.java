package io.pagewalk.spi;

import io.pagewalk.error.UsageException;
import io.pagewalk.payload.PayloadFormats;
import java.util.List;
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
     * Whether files can carry ids of their columns, by which table formats tell these: then the format overrides {@link
     * #withColumnIds} and {@link #columnIds}.
     */
    default boolean takesColumnIds() {
        return false;
    }

    /**
     * The settings of files whose columns have ids.
     *
     * @param settings as {@link #pin} returned them; keys of others are kept
     * @param ids of the columns of {@link io.pagewalk.payload.RecordColumns} and all that is in them, in the order of {@link
     *     io.pagewalk.table.RowShape#nodes}
     * @return the settings with the ids, which take the place of others
     * @throws UsageException if files of this format have none, or if one is not positive or is there twice. Whether they are as many
     *     as the columns, {@link #create} says.
     */
    default Map<String, String> withColumnIds(Map<String, String> settings, List<Integer> ids) {
        throw new UsageException("files of the format '" + name()
                + "' have no ids of columns, by which a table finds them; choose another format");
    }

    /**
     * The ids that {@link #withColumnIds} put into settings, in that order; null if they have none.
     *
     * @param settings as {@link #create} takes them
     * @throws UsageException if they are not as {@link #withColumnIds} puts them
     */
    default @Nullable List<Integer> columnIds(Map<String, String> settings) {
        return null;
    }

    /**
     * The format of an export.
     *
     * @param settings as {@link #pin} returned them, maybe in an earlier run or version; keys of others are ignored
     * @throws io.pagewalk.error.UsageException if they are not complete, or not of this version
     */
    FileFormat create(Map<String, String> settings, PayloadFormats payloads);
}
