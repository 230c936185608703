package io.pagewalk.internal.typed;

import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The formats of exports with typed columns, for a process that is given one slice or file after the other: all versions of a schema are
 * read and merged once, and not for each. Keeps those that were asked for last. Safe for use by any number of threads, which wait for
 * each other only where they ask for the same.
 */
public final class SharedFormats {
    private static final int MOST_KEPT = 16;

    /**
     * All that formats depend on: schemas are pinned by their digests, wherever they are.
     *
     * @param audit whether they are those of an audit
     */
    record Key(
            PinnedSchemas pinned,
            List<MetSchema> met,
            Map<String, String> names,
            Map<String, String> fileSettings,
            boolean audit) {
        /** Keeps copies. */
        Key {
            met = List.copyOf(met);
            names = Map.copyOf(names);
            fileSettings = Map.copyOf(fileSettings);
        }
    }

    /** What fails is tried again by who asks next, with a storage of its own. */
    private static final class Made {
        private @Nullable PayloadFormats formats;

        synchronized PayloadFormats get(Supplier<PayloadFormats> making) {
            PayloadFormats known = formats;
            if (known == null) {
                known = making.get();
                formats = known;
            }
            return known;
        }
    }

    private final Map<Key, Made> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Made> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** @param making makes them, if nobody has; they need nothing of it afterwards */
    PayloadFormats get(Key key, Supplier<PayloadFormats> making) {
        Made made;
        synchronized (this) {
            made = kept.computeIfAbsent(key, any -> new Made());
        }
        return made.get(making);
    }
}
