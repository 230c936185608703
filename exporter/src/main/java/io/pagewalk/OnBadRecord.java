package io.pagewalk;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.plan.ExportSpec;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to do where a record does not fit into the files. */
public enum OnBadRecord {
    /** Stop. */
    FAIL,
    /** Set it aside, and go on. */
    DEAD_LETTER;

    /**
     * The parts whose records are set aside if they do not fit. Nobody has asked for what {@code auto} decided by a look at
     * some records, so where nothing else is said, a stray one is no reason to stop.
     *
     * @param asked what was said, or null if nothing was
     * @param options of the export, as they were requested
     */
    static Set<Part> partsSetAside(@Nullable OnBadRecord asked, Map<String, String> options) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (asked == DEAD_LETTER) {
            return EnumSet.allOf(Part.class);
        }
        for (Part part : Part.values()) {
            if (asked == null && ExportSpec.AUTO.equals(options.get(part + "-format"))) {
                parts.add(part);
            }
        }
        return parts;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
