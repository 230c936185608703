package io.pagewalk;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.model.TopicNames;
import org.jspecify.annotations.Nullable;

/**
 * Where an export is.
 *
 * @param output the directory of its data files; it holds one export a topic
 * @param log where its log is, or null for the usual place in the output; of an export that is there already, null for where its
 *     claim says
 * @param exportId its name, or null for that of its topic; of an export that is there already, null for the only one
 */
public record ExportPlace(
        DirectoryLocation output,
        @Nullable Location log,
        @Nullable String exportId) {
    /** @throws UsageException if the export's id cannot be the name of a folder everywhere */
    public ExportPlace {
        if (exportId != null && !TopicNames.isValid(exportId)) {
            throw new UsageException("the export id '" + exportId.replaceAll("\\p{Cc}", " ")
                    + "' is not 1 to 249 letters, digits, dots, dashes and underscores");
        }
    }

    /** With the log in its usual place. */
    public static ExportPlace of(DirectoryLocation output) {
        return new ExportPlace(output, null, null);
    }

    /**
     * Likewise.
     *
     * @param output a path, or a URI as {@link Locations#parseDirectory} takes it
     * @throws UsageException if it is neither
     */
    public static ExportPlace of(String output) {
        return of(Locations.parseDirectory(output));
    }

    /** The same with its log elsewhere. */
    public ExportPlace withLog(Location location) {
        return new ExportPlace(output, location, exportId);
    }

    /** The same with a name of its own. */
    public ExportPlace withExportId(String id) {
        return new ExportPlace(output, log, id);
    }
}
