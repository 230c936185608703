package io.pagewalk.internal.run;

import io.pagewalk.error.UsageException;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.payload.PlannedSchemas;
import io.pagewalk.plan.DeadLettersOf;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that a data file's bytes depend on besides the records and the export's log. */
final class FileShape {
    /** The setting under which every format pins how names of its files end. */
    private static final String EXTENSION = "extension";

    private FileShape() {}

    /**
     * How the data files of an export are called. The digest is over text that its first entry records, and is computed this
     * once: a later build with one setting more must not rename an export under way.
     */
    static FileNaming naming(
            int generation,
            Extent extent,
            PinnedOptions options,
            @Nullable PlannedSchemas schemas,
            @Nullable DeadLettersOf deadLettersOf) {
        SortedMap<String, String> shape = new TreeMap<>();
        shape.put("cluster-id", extent.clusterId());
        shape.put("topic-id", extent.topicId().toString());
        shape.put("isolation-level", extent.isolationLevel().toString());
        if (deadLettersOf != null) {
            shape.put("dead-letters-of", deadLettersOf.checksum());
        }
        put(shape, "payload.", options.formats().toMap());
        put(shape, "file.", options.fileSettings());
        if (schemas != null) {
            put(shape, "schemas.", schemas.pinned().shape());
        }
        String extension = options.fileSettings().get(EXTENSION);
        if (extension == null) {
            throw new UsageException("the setting " + EXTENSION + " of the file format is missing");
        }
        return new FileNaming(generation, FileNaming.digestOf(shape), extension);
    }

    private static void put(SortedMap<String, String> shape, String prefix, Map<String, String> settings) {
        settings.forEach((name, value) -> shape.put(prefix + name, value));
    }
}
