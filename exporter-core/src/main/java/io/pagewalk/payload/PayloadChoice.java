package io.pagewalk.payload;

import io.pagewalk.error.UsageException;
import io.pagewalk.record.ByteView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A payload's format as somebody gives it.
 *
 * @param format the format, or null to decide by what is found
 */
public record PayloadChoice(@Nullable PayloadFormat format) {
    public static final PayloadChoice AUTO = new PayloadChoice(null);

    /**
     * A format by its name, or {@code auto}.
     *
     * @throws UsageException if there is none of that name; its message goes on behind the name of what gave it
     */
    public static PayloadChoice parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals(AUTO.toString())) {
            return AUTO;
        }
        return new PayloadChoice(PayloadFormats.named(name)
                .orElseThrow(() -> new UsageException(
                        " '" + text + "' is none of " + AUTO + ", " + String.join(", ", PayloadFormats.names()))));
    }

    /** The format, or else what this one payload is taken for. */
    public PayloadFormat of(ByteView payload) {
        return format == null ? FormatDetector.of(payload) : format;
    }

    @Override
    public String toString() {
        return format == null ? "auto" : format.name();
    }
}
