package io.pagewalk.internal.sink;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.jsonl.JsonlProvider;
import io.pagewalk.internal.sink.parquet.ParquetProvider;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.FileFormatProvider;
import io.pagewalk.spi.FileFormatProvider.Choices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** All file formats by name: Pagewalk's own, and those of jars that are put beside it. */
public final class FileFormats {
    private static final String FORMAT = "format";
    private static final String EXTENSION = "extension";
    /** Whoever uses these need not wait until jars were searched. */
    private static final List<FileFormatProvider> OWN = List.of(new ParquetProvider(), new JsonlProvider());

    private FileFormats() {}

    /**
     * The settings a new export pins: the choice, and the defaults for what was not chosen.
     *
     * @param format the format's name
     * @param compression a compression of that format, or null for its default
     * @param timestampUnit {@code micros} or {@code millis}, or null for the format's default
     * @return the settings, among them the choices themselves under {@code format} and {@code compression}
     * @throws UsageException if there is no such format, or it has no such compression or unit; the message lists the choices
     */
    public static Map<String, String> pin(String format, @Nullable String compression, @Nullable String timestampUnit) {
        FileFormatProvider provider = provider(format);
        Map<String, String> own = provider.pin(new Choices(compression, timestampUnit));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(FORMAT, format);
        settings.put(EXTENSION, provider.extension(own));
        settings.putAll(own);
        return Collections.unmodifiableMap(settings);
    }

    /**
     * The format that settings describe.
     *
     * @param settings what {@link #pin} returned, maybe in an earlier run or version; keys of others are ignored
     * @throws UsageException if the settings are not complete, or not of this version, or if the format is not there any more, or if it
     *     does not take typed payloads and these are
     */
    public static FileFormat create(Map<String, String> settings, PayloadFormats payloads) {
        FileFormatProvider provider = provider(settings);
        if (payloads.areTyped() && !provider.takesTypedPayloads()) {
            throw new UsageException("the file format '" + provider.name()
                    + "' has no typed columns; choose another one, or keys and values as bytes, string or json");
        }
        return provider.create(settings, payloads);
    }

    /** Whether files with such settings can carry the ids that a table has for their columns. */
    public static boolean takesColumnIds(Map<String, String> settings) {
        return provider(settings).takesColumnIds();
    }

    /**
     * The settings with ids for the columns: see {@link FileFormatProvider#withColumnIds}.
     *
     * @throws UsageException if files of that format have none, or if these are not positive and distinct
     */
    public static Map<String, String> withColumnIds(Map<String, String> settings, List<Integer> ids) {
        return provider(settings).withColumnIds(settings, ids);
    }

    /** The ids that {@link #withColumnIds} put into settings; null if they have none. */
    public static @Nullable List<Integer> columnIds(Map<String, String> settings) {
        return provider(settings).columnIds(settings);
    }

    private static FileFormatProvider provider(Map<String, String> settings) {
        return provider(settings.getOrDefault(FORMAT, ""));
    }

    private static FileFormatProvider provider(String format) {
        List<String> names = new ArrayList<>();
        for (FileFormatProvider own : OWN) {
            if (own.name().equals(format)) {
                return own;
            }
            names.add(own.name());
        }
        try {
            for (FileFormatProvider other : ServiceLoader.load(FileFormatProvider.class)) {
                if (other.name().equals(format)) {
                    return other;
                }
                names.add(other.name());
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new UsageException(
                    "a jar on the class path says that it has a file format, but that cannot be loaded: "
                            + e.getMessage()
                            + "; take it away from lib/ext, or put one there that is made for this version",
                    e);
        }
        throw new UsageException("there is no file format '" + format + "'; choose one of " + String.join(", ", names));
    }
}
