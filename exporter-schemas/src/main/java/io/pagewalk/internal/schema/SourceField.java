package io.pagewalk.internal.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a version's group.
 *
 * @param aliases what it was called in earlier versions, if the schema says so
 * @param number what tells fields apart, whatever their names are; 0 where names do
 * @param optional whether it may be null, or missing
 * @param preset what stands for it in records of versions without it; null if that is null, or nothing
 */
public record SourceField(
        String name,
        List<String> aliases,
        int number,
        SourceType type,
        boolean optional,
        @Nullable Preset preset) {
    /** Keeps a copy. */
    public SourceField {
        aliases = List.copyOf(aliases);
    }
}
