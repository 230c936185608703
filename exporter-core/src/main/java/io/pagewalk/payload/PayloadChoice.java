package io.pagewalk.payload;

import io.pagewalk.error.UsageException;
import io.pagewalk.record.ByteView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A payload's format as somebody gives it.
 *
 * @param format the format, or null to decide by what is found
 * @param ofSchemas the name of a format whose payloads have schemas, or null
 */
public record PayloadChoice(
        @Nullable PayloadFormat format, @Nullable String ofSchemas) {
    public static final PayloadChoice AUTO = new PayloadChoice(null);

    /** One without schemas. */
    public PayloadChoice(@Nullable PayloadFormat format) {
        this(format, null);
    }

    /**
     * A format that needs no schema by its name, or {@code auto}.
     *
     * @throws UsageException if there is none of that name; its message goes on behind the name of what gave it
     */
    public static PayloadChoice parse(String text) {
        return parse(text, List.of());
    }

    /** Likewise, or one whose payloads have schemas, or {@code registry}. */
    public static PayloadChoice parseAny(String text) {
        List<String> ofSchemas = new ArrayList<>(List.of(SchemaChoice.REGISTRY));
        ofSchemas.addAll(TypedFormats.NAMES);
        return parse(text, ofSchemas);
    }

    private static PayloadChoice parse(String text, List<String> ofSchemas) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals(AUTO.toString())) {
            return AUTO;
        }
        if (ofSchemas.contains(name)) {
            return new PayloadChoice(null, name);
        }
        List<String> names = new ArrayList<>(PayloadFormats.names());
        names.addAll(ofSchemas);
        return new PayloadChoice(PayloadFormats.named(name)
                .orElseThrow(() ->
                        new UsageException(" '" + text + "' is none of " + AUTO + ", " + String.join(", ", names))));
    }

    /** The format, or else what this one payload is taken for. */
    public PayloadFormat of(ByteView payload) {
        return format == null ? FormatDetector.of(payload) : format;
    }

    @Override
    public String toString() {
        if (ofSchemas != null) {
            return ofSchemas;
        }
        return format == null ? "auto" : format.name();
    }
}
