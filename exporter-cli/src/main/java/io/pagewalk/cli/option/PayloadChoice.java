package io.pagewalk.cli.option;

import io.pagewalk.payload.PayloadFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A payload's format as an option gives it. */
public enum PayloadChoice {
    AUTO(null),
    BYTES(PayloadFormat.BYTES),
    STRING(PayloadFormat.STRING),
    JSON(PayloadFormat.JSON);

    private final @Nullable PayloadFormat format;

    PayloadChoice(@Nullable PayloadFormat format) {
        this.format = format;
    }

    /** The format, or null to decide by what is found. */
    @Nullable
    public PayloadFormat format() {
        return format;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
